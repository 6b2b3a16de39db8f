package dev.cadenza.catalog.api.musewave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.testing.DocumentedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrackTests extends LibraryTests {

    private static final String CREATE = "/musewave/tracks/create/";
    private static final String LINK = "https://example.com/tracks/summer-vibes.mp3";
    private static final String ABSENT = "{\"message\":\"Track not found.\"}";

    /** Every key that a row has. */
    private static final String ROW = """
            {"id": "550e8400-e29b-41d4-a716-446655440000", "user_id": "550e8400-e29b-41d4-a716-446655440000",
            "album_id": null, "title": "Summer Vibes", "artist": "John Doe", "artist_slug": "john-doe",
            "description": "Words", "genre": "Electronic", "mood": "Happy", "tags": ["summer"],
            "audio_url": "https://example.com/tracks/summer-vibes.mp3", "audio_file_size": 5242880,
            "audio_duration": 240.5, "audio_format": "mp3", "cover_url": "https://example.com/a.jpg",
            "cover_gradient": "from-a-to-b", "waveform_data": null, "bpm": 120, "key": "C major", "plays": 0, "likes": 0,
            "downloads": 0, "shares": 0, "published": true, "published_at": "2024-02-04T10:30:00Z",
            "created_at": "2024-02-04T10:30:00Z", "updated_at": "2024-02-04T10:30:00Z"}""";

    @Test
    void theDocumentsTrackIsCreatedAndShownWithEveryKey() {
        Map<String, Object> body = example(ada);
        body.put("description", "Words\nand more");
        body.put("cover_url", "https://example.com/a.jpg");
        body.put("cover_gradient", "from-a-to-b");
        body.put("bpm", 120);
        body.put("key", "C major");
        Answer made = send(HttpMethod.POST, CREATE, ada, body).expect(201);
        DocumentedJson.assertShape(made.text(), ROW);
        assertThat(made.json().size()).isEqualTo(27);
        JsonNode row = made.json();
        body.forEach((key, value) -> assertThat(row.path(key))
                .as(key)
                .isEqualTo(json(JsonMapper.shared().writeValueAsString(value))));
        assertThat(row.path("published_at")).isEqualTo(row.path("created_at"));
        DocumentedJson.assertShape(
                get("/musewave/tracks/" + row.path("id").asString() + "/", null)
                        .expect(200)
                        .text(),
                ROW);
        assertThat(get("/musewave/tracks/?userId=" + ada.id(), null).expect(200).json())
                .singleElement()
                .isEqualTo(row);
    }

    @Test
    void whatIsLeftOutIsEmptyAndWhatFollowsIsMade() {
        JsonNode row = send(
                        HttpMethod.POST,
                        "/musewave/tracks/create",
                        ada,
                        Map.of(
                                "title",
                                "Bare",
                                "audio_url",
                                "https://example.com/a/b.FLAC?x=1",
                                "artist",
                                "Björk & Söhne"))
                .expect(201)
                .json();
        assertThat(row.path("artist_slug").asString()).isEqualTo("bjork-sohne");
        assertThat(row.path("audio_format").asString()).isEqualTo("flac");
        assertThat(row.path("audio_file_size").asLong()).isZero();
        assertThat(row.path("audio_duration").asDouble()).isZero();
        assertThat(row.path("tags")).isEmpty();
        assertThat(row.path("published").asBoolean(true)).isFalse();
        for (String key : List.of(
                "album_id",
                "description",
                "genre",
                "mood",
                "cover_url",
                "cover_gradient",
                "waveform_data",
                "bpm",
                "key",
                "published_at")) {
            assertThat(row.path(key).isNull()).as(key).isTrue();
        }
        assertThat(send(HttpMethod.POST, CREATE, ada, Map.of("title", "x", "audio_url", LINK))
                        .expect(201)
                        .json()
                        .path("artist")
                        .asString())
                .isEqualTo("ada");
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                Arguments.of("title", "x".repeat(201)),
                Arguments.of("title", " "),
                Arguments.of("title", null),
                Arguments.of("title", 7),
                Arguments.of("artist", "x".repeat(201)),
                Arguments.of("bpm", 0.5),
                Arguments.of("bpm", -1),
                Arguments.of("bpm", "fast"),
                Arguments.of("tags", "summer"),
                Arguments.of("tags", List.of(1)),
                Arguments.of("tags", List.of("")),
                Arguments.of("tags", List.of("x".repeat(51))),
                Arguments.of("tags", numbered(31)),
                Arguments.of("tags", numbered(10_001)),
                Arguments.of("audio_url", null),
                Arguments.of("audio_url", ""),
                Arguments.of("audio_url", "ftp://example.com/a.mp3"),
                Arguments.of("audio_url", "javascript:alert(1)"),
                Arguments.of("audio_url", "file:///etc/passwd"),
                Arguments.of("audio_url", "//example.com/a.mp3"),
                Arguments.of("audio_url", "https://user:secret@example.com/a.mp3"),
                Arguments.of("audio_url", "https://example.com/" + "a".repeat(2_000)),
                Arguments.of("audio_file_size", -1),
                Arguments.of("audio_file_size", 1.5),
                Arguments.of("audio_file_size", "1"),
                Arguments.of("audio_duration", -0.1),
                Arguments.of("audio_duration", 1e300),
                Arguments.of("audio_format", "../mp3"),
                Arguments.of("published", "yes"),
                Arguments.of("cover_url", "data:text/html,x"),
                Arguments.of("mood", "x".repeat(101)),
                Arguments.of("description", "x".repeat(5_001)));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void aWrongFieldIsNamedAtCreationAndAtAnUpdate(String field, @Nullable Object value) {
        Map<String, Object> body = example(ada);
        body.put(field, value);
        JsonNode refused = send(HttpMethod.POST, CREATE, ada, body).expect(400).json();
        assertThat(refused.path("error").asString()).isNotBlank();
        assertThat(refused.path("details").path(field)).isNotEmpty();

        String id = created(ada, Map.of());
        assertThat(send(
                                HttpMethod.PATCH,
                                "/musewave/tracks/" + id + "/update/",
                                ada,
                                Collections.singletonMap(field, value))
                        .expect(400)
                        .json()
                        .path("details")
                        .path(field))
                .isNotEmpty();
    }

    @Test
    void nobodyCreatesForSomebodyElseOrForNobody() {
        for (Object user : List.of(bob.id(), "x", 7)) {
            Map<String, Object> body = example(ada);
            body.put("user_id", user);
            JsonNode refused =
                    send(HttpMethod.POST, CREATE, ada, body).expect(403).json();
            assertThat(refused.path("message").asString()).isNotBlank();
        }
        assertThat(send(HttpMethod.POST, CREATE, null, example(ada))
                        .expect(401)
                        .json()
                        .path("error")
                        .asString())
                .isNotBlank();
        Map<String, Object> without = example(ada);
        without.remove("user_id");
        assertThat(send(HttpMethod.POST, CREATE, ada, without)
                        .expect(201)
                        .json()
                        .path("user_id")
                        .asString())
                .isEqualTo(ada.id().toString());
        send(HttpMethod.POST, CREATE, ada, "[]").expect(400);
        send(HttpMethod.POST, CREATE, ada, "{").expect(400);
    }

    @Test
    void aRequestWithAKeyIsAnsweredAgainAndMakesOneTrack() {
        String body = JsonMapper.shared().writeValueAsString(example(ada));
        Answer first = json(HttpMethod.POST, CREATE, ada, body, "Idempotency-Key", "one")
                .expect(201);
        Answer again = json(HttpMethod.POST, CREATE, ada, body, "Idempotency-Key", "one")
                .expect(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(titles("", ada)).hasSize(1);
        json(HttpMethod.POST, CREATE, ada, body.replace("Summer", "Winter"), "Idempotency-Key", "one")
                .expect(422);
    }

    @Test
    void anUpdateChangesWhatItGivesAndNullRemoves() {
        String id = created(ada, Map.of("mood", "Happy", "bpm", 99.5, "published", false));
        String path = "/musewave/tracks/" + id + "/update/";
        JsonNode changed = send(
                        HttpMethod.PATCH,
                        path,
                        ada,
                        Map.of(
                                "title",
                                "Other",
                                "published",
                                true,
                                "audio_url",
                                "https://example.com/b.ogg",
                                "audio_duration",
                                7))
                .expect(200)
                .json();
        assertThat(changed.path("title").asString()).isEqualTo("Other");
        assertThat(changed.path("mood").asString()).isEqualTo("Happy");
        assertThat(changed.path("bpm").asDouble()).isEqualTo(99.5);
        assertThat(changed.path("audio_url").asString()).isEqualTo("https://example.com/b.ogg");
        assertThat(changed.path("audio_duration").asDouble()).isEqualTo(7);
        String published = changed.path("published_at").asString();
        assertThat(published).isNotBlank();

        JsonNode emptied = send(
                        HttpMethod.PATCH,
                        path,
                        ada,
                        "{\"mood\":null,\"tags\":null,\"bpm\":null,\"genre\":\"\",\"published\":false,\"audio_duration\":null}")
                .expect(200)
                .json();
        assertThat(emptied.path("mood").isNull()).isTrue();
        assertThat(emptied.path("bpm").isNull()).isTrue();
        assertThat(emptied.path("genre").isNull()).isTrue();
        assertThat(emptied.path("tags")).isEmpty();
        assertThat(emptied.path("published").asBoolean(true)).isFalse();
        // when it was published first, it was
        assertThat(emptied.path("published_at").asString()).isEqualTo(published);

        JsonNode again = send(HttpMethod.PATCH, path, ada, emptied).expect(200).json();
        assertThat(again).isEqualTo(emptied);
    }

    @Test
    void aTrackWithAFileOfOursIsUpdatedHereToo() {
        String id = uploaded(ada);
        JsonNode row = get("/musewave/tracks/" + id + "/", null).expect(200).json();
        assertThat(row.path("audio_url").asString()).startsWith(BASE + "/media/songs/");
        assertThat(get(row.path("audio_url").asString(), null).expect(200).bytes())
                .isEqualTo(TestAudio.wav());
        JsonNode hidden = send(
                        HttpMethod.PATCH,
                        "/musewave/tracks/" + id + "/update",
                        ada,
                        Map.of("published", false, "mood", "Calm", "audio_url", LINK, "audio_file_size", 1))
                .expect(200)
                .json();
        assertThat(hidden.path("mood").asString()).isEqualTo("Calm");
        // the bytes are ours: nobody says where they are
        assertThat(hidden.path("audio_url").asString())
                .startsWith(row.path("audio_url").asString() + "?expires=");
        assertThat(hidden.path("audio_file_size").asInt()).isEqualTo(TestAudio.wav().length);
        get(hidden.path("audio_url").asString(), null).expect(200);
        get(row.path("audio_url").asString(), null).expect(404);
    }

    @Test
    void deletingSaysSoOnce() {
        String id = created(ada, Map.of());
        assertThat(delete("/musewave/tracks/" + id + "/delete/", bob)
                        .expect(403)
                        .json()
                        .path("message")
                        .asString())
                .isNotBlank();
        assertThat(delete("/musewave/tracks/" + id + "/delete/", ada)
                        .expect(200)
                        .json())
                .isEqualTo(json("{\"success\":true}"));
        assertThat(delete("/musewave/tracks/" + id + "/delete", ada).expect(404).json())
                .isEqualTo(json(ABSENT));
    }

    @Test
    void whatIsNotPublishedIsItsOwnersAlone() {
        String id = created(ada, Map.of("published", false));
        String path = "/musewave/tracks/" + id;
        for (User other : new User[] {bob, null}) {
            assertThat(get(path, other).expect(404).json()).isEqualTo(json(ABSENT));
            assertThat(get("/musewave/tracks/?user_id=" + ada.id(), other)
                            .expect(200)
                            .json())
                    .isEmpty();
            assertThat(get("/musewave/tracks/?published=false&user_id=" + ada.id(), other)
                            .expect(200)
                            .json())
                    .isEmpty();
        }
        assertThat(send(HttpMethod.PATCH, path + "/update/", bob, Map.of("title", 7))
                        .expect(404)
                        .json())
                .isEqualTo(json(ABSENT));
        assertThat(delete(path + "/delete/", bob).expect(404).json()).isEqualTo(json(ABSENT));
        get(path, ada).expect(200);
        assertThat(get("/musewave/tracks/?published=false&user_id=" + ada.id(), ada)
                        .expect(200)
                        .json())
                .hasSize(1);
        for (String nothing : List.of("x", UUID.randomUUID().toString(), "1-1-1-1-1")) {
            assertThat(get("/musewave/tracks/" + nothing + "/", ada).expect(404).json())
                    .isEqualTo(json(ABSENT));
            send(HttpMethod.PATCH, "/musewave/tracks/" + nothing + "/update/", ada, Map.of())
                    .expect(404);
            delete("/musewave/tracks/" + nothing + "/delete/", ada).expect(404);
            assertThat(get("/musewave/tracks/?userId=" + nothing, ada)
                            .expect(200)
                            .json())
                    .isEmpty();
        }
    }

    @Test
    void listsAreFilteredSortedAndCut() {
        created(ada, Map.of("title", "B", "genre", "Électro", "mood", "Happy", "tags", List.of("Summer", "dance")));
        created(
                ada,
                Map.of("title", "A", "genre", "Jazz", "mood", "Sad", "tags", List.of("summer"), "audio_duration", 9));
        created(ada, Map.of("title", "C", "genre", "Jazz", "published", false));
        assertThat(titles("", null)).containsExactly("A", "B");
        assertThat(titles("", ada)).containsExactly("C", "A", "B");
        assertThat(titles("&published=true", ada)).containsExactly("A", "B");
        assertThat(titles("&published=False", ada)).containsExactly("C");
        assertThat(titles("&genre=electro", null)).containsExactly("B");
        assertThat(titles("&mood=sad", null)).containsExactly("A");
        assertThat(titles("&tags=summer", null)).containsExactly("A", "B");
        assertThat(titles("&tags=SUMMER,dance", null)).containsExactly("B");
        assertThat(titles("&tags=summer&tags=dance", null)).containsExactly("B");
        assertThat(titles("&tags=winter", null)).isEmpty();
        assertThat(titles("&sortBy=title&sortOrder=asc", ada)).containsExactly("A", "B", "C");
        assertThat(titles("&sort_by=title&sort_order=desc", ada)).containsExactly("C", "B", "A");
        assertThat(titles("&sortBy=audio_duration&sortOrder=asc", null)).containsExactly("A", "B");
        for (String order :
                List.of("plays", "likes", "downloads", "updated_at", "published_at", "createdAt", "artist")) {
            assertThat(titles("&sortBy=" + order + "&sortOrder=desc&limit=10", ada))
                    .hasSize(3);
        }
        assertThat(titles("&limit=1", ada)).containsExactly("C");
        assertThat(titles("&limit=1&offset=1", ada)).containsExactly("A");
        assertThat(titles("&offset=3", ada)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=x",
                "offset=-1",
                "offset=1000001",
                "published=maybe",
                "sortBy=password",
                "sort_by=$where",
                "sortOrder=up",
                "genre=" + LONG
            })
    void whatCannotBeUnderstoodIsRefused(String query) {
        assertThat(get("/musewave/tracks/?" + query, null)
                        .expect(400)
                        .json()
                        .path("error")
                        .asString())
                .isNotBlank();
    }

    private static final String LONG =
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                    + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    @Test
    void aLinkIsWhereTheOtherDialectsSendPlayers() {
        String id = created(ada, Map.of());
        JsonNode veza = get("/api/v1/tracks/" + id, null)
                .expect(200)
                .json()
                .path("data")
                .path("track");
        assertThat(veza.path("file_size").asLong()).isEqualTo(5_242_880);
        assertThat(veza.path("duration").asLong()).isEqualTo(241);
        assertThat(veza.path("format").asString()).isEqualTo("mp3");
        assertThat(veza.path("status").asString()).isEqualTo("completed");
        JsonNode song =
                get("/api/songs/", ada).expect(200).json().path("results").get(0);
        for (String address : List.of(
                "/api/v1/tracks/" + id + "/stream",
                "/api/v1/tracks/" + id + "/download",
                "/api/songs/" + song.path("id").asLong() + "/play/",
                song.path("file").asString())) {
            Answer sentOn = get(address, null).expect(302);
            assertThat(sentOn.headers().getLocation()).hasToString(LINK);
        }
        assertThat(get("/api/v1/tracks/quota/" + ada.id(), ada)
                        .expect(200)
                        .json()
                        .path("data")
                        .path("quota")
                        .path("used")
                        .asLong())
                .isZero();
    }

    private List<String> titles(String query, @Nullable User viewer) {
        List<String> titles = new ArrayList<>();
        get("/musewave/tracks/?userId=" + ada.id() + query, viewer)
                .expect(200)
                .json()
                .forEach(row -> titles.add(row.path("title").asString()));
        return titles;
    }

    private String created(User user, Map<String, Object> changes) {
        Map<String, Object> body = example(user);
        body.putAll(changes);
        return send(HttpMethod.POST, CREATE, user, body)
                .expect(201)
                .json()
                .path("id")
                .asString();
    }

    private String uploaded(User user) {
        return form(HttpMethod.POST, "/api/v1/tracks", user, "file", TestAudio.wav(), "title", "Uploaded")
                .expect(201)
                .json()
                .path("data")
                .path("track")
                .path("id")
                .asString();
    }

    private static List<String> numbered(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> "tag " + i).toList();
    }

    /** The document's, by this user. */
    private static Map<String, Object> example(User user) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user_id", user.id().toString());
        body.put("title", "Summer Vibes");
        body.put("artist", "John Doe");
        body.put("artist_slug", "john-doe");
        body.put("genre", "Electronic");
        body.put("mood", "Happy");
        body.put("tags", List.of("summer", "dance", "upbeat"));
        body.put("audio_url", LINK);
        body.put("audio_file_size", 5242880);
        body.put("audio_duration", 240.5);
        body.put("audio_format", "mp3");
        body.put("published", true);
        return body;
    }
}
