package dev.cadenza.catalog.api.musewave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.platform.testing.DocumentedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

class AlbumTests extends LibraryTests {

    private static final String ALBUMS = "/musewave/albums";
    private static final String ABSENT = "{\"message\":\"Album not found.\"}";

    private static final String ROW = """
            {"id": "550e8400-e29b-41d4-a716-446655440000", "user_id": "550e8400-e29b-41d4-a716-446655440000",
            "title": "Summer Collection", "artist": "John Doe", "genre": "Electronic",
            "description": "A collection of summer hits", "release_date": "2024-06-01T00:00:00Z", "published": true,
            "track_count": 3, "created_at": "2024-02-04T10:30:00Z", "updated_at": "2024-02-04T10:30:00Z"}""";

    @Test
    void theDocumentsAlbumIsMadeListedShownChangedAndDeleted() {
        List<String> tracks = tracks(ada, 3);
        Answer made = send(HttpMethod.POST, ALBUMS, ada, example(ada, tracks)).expect(201);
        DocumentedJson.assertShape(made.text(), ROW);
        JsonNode row = made.json();
        assertThat(row.path("track_count").asInt()).isEqualTo(3);
        assertThat(row.path("release_date").asString()).isEqualTo("2024-06-01T00:00:00Z");
        String path = ALBUMS + "/" + row.path("id").asString();

        Answer list = get("/musewave/users/" + ada.id() + "/albums", null).expect(200);
        assertThat(list.json()).singleElement().isEqualTo(row);

        Answer one = get(path, null).expect(200);
        DocumentedJson.assertShape(one.text(), ROW);
        assertThat(titles(one.json())).containsExactly("Track 0", "Track 1", "Track 2");
        assertThat(one.json().path("tracks").get(0).path("album_id")).isEqualTo(row.path("id"));
        assertThat(one.json().path("tracks").get(0).size()).isEqualTo(27);

        Map<String, Object> change = new LinkedHashMap<>();
        change.put("title", "Winter Collection");
        change.put("release_date", null);
        change.put("description", "");
        change.put("track_ids", List.of(tracks.get(2), tracks.get(0)));
        JsonNode changed = send(HttpMethod.PATCH, path + "/update", ada, change)
                .expect(200)
                .json();
        DocumentedJson.assertShape(
                changed.toString(),
                ROW.replace("\"A collection of summer hits\"", "null").replace("\"2024-06-01T00:00:00Z\"", "null"));
        assertThat(changed.path("title").asString()).isEqualTo("Winter Collection");
        assertThat(changed.path("genre").asString()).isEqualTo("Electronic");
        assertThat(titles(get(path, null).json())).containsExactly("Track 2", "Track 0");
        assertThat(row(tracks.get(1)).path("album_id").isNull()).isTrue();
        assertThat(row(tracks.get(2)).path("album_id")).isEqualTo(row.path("id"));

        assertThat(delete(path + "/delete", ada).expect(200).json()).isEqualTo(json("{\"success\":true}"));
        assertThat(delete(path + "/delete", ada).expect(404).json()).isEqualTo(json(ABSENT));
        assertThat(get(path, ada).expect(404).json()).isEqualTo(json(ABSENT));
        // its tracks stay, in no album
        assertThat(row(tracks.get(2)).path("album_id").isNull()).isTrue();
    }

    @Test
    void theSlashAtTheEndMakesNoDifference() {
        String id = made(ada, true, List.of());
        get(ALBUMS + "/" + id + "/", null).expect(200);
        get("/musewave/users/" + ada.id() + "/albums/", null).expect(200);
        send(HttpMethod.POST, ALBUMS + "/", ada, Map.of("title", "x")).expect(201);
        send(HttpMethod.PATCH, ALBUMS + "/" + id + "/update/", ada, Map.of("title", "x"))
                .expect(200);
        delete(ALBUMS + "/" + id + "/delete/", ada).expect(200);
    }

    @Test
    void aTrackMovesToTheAlbumThatAskedForItLast() {
        List<String> tracks = tracks(ada, 2);
        String first = made(ada, true, tracks);
        String second = made(ada, true, tracks.subList(0, 1));
        assertThat(titles(get(ALBUMS + "/" + first, null).json())).containsExactly("Track 1");
        assertThat(titles(get(ALBUMS + "/" + second, null).json())).containsExactly("Track 0");
        JsonNode list = get("/musewave/tracks/?userId=" + ada.id() + "&sortBy=title&sortOrder=asc", null)
                .expect(200)
                .json();
        assertThat(list.get(0).path("album_id").asString()).isEqualTo(second);
        assertThat(list.get(1).path("album_id").asString()).isEqualTo(first);
    }

    @Test
    void othersSeeWhatIsPublished() {
        List<String> tracks = tracks(ada, 2);
        String hidden = made(ada, false, tracks);
        for (User other : new User[] {bob, null}) {
            assertThat(get(ALBUMS + "/" + hidden, other).expect(404).json()).isEqualTo(json(ABSENT));
            assertThat(get("/musewave/users/" + ada.id() + "/albums", other)
                            .expect(200)
                            .json())
                    .isEmpty();
        }
        assertThat(send(HttpMethod.PATCH, ALBUMS + "/" + hidden + "/update", bob, Map.of("title", 7))
                        .expect(404)
                        .json())
                .isEqualTo(json(ABSENT));
        assertThat(delete(ALBUMS + "/" + hidden + "/delete", bob).expect(404).json())
                .isEqualTo(json(ABSENT));
        // whoever sees a track of it does not learn of it
        assertThat(row(tracks.getFirst()).path("album_id").isNull()).isTrue();

        send(HttpMethod.PATCH, ALBUMS + "/" + hidden + "/update", ada, Map.of("published", true))
                .expect(200);
        send(HttpMethod.PATCH, "/musewave/tracks/" + tracks.getFirst() + "/update/", ada, Map.of("published", false))
                .expect(200);
        JsonNode seen = get(ALBUMS + "/" + hidden, bob).expect(200).json();
        assertThat(titles(seen)).containsExactly("Track 1");
        assertThat(seen.path("track_count").asInt()).isEqualTo(1);
        assertThat(get("/musewave/users/" + ada.id() + "/albums", bob)
                        .expect(200)
                        .json())
                .singleElement()
                .satisfies(row -> assertThat(row.path("track_count").asInt()).isEqualTo(1));
        assertThat(get(ALBUMS + "/" + hidden, ada).json().path("track_count").asInt())
                .isEqualTo(2);
        assertThat(send(HttpMethod.PATCH, ALBUMS + "/" + hidden + "/update", bob, Map.of("title", 7))
                        .expect(403)
                        .json()
                        .path("message")
                        .asString())
                .isNotBlank();
        assertThat(delete(ALBUMS + "/" + hidden + "/delete", bob)
                        .expect(403)
                        .json()
                        .path("message")
                        .asString())
                .isNotBlank();
    }

    @Test
    void aDeletedTrackLeavesItsAlbum() {
        List<String> tracks = tracks(ada, 2);
        String album = made(ada, true, tracks);
        delete("/musewave/tracks/" + tracks.getFirst() + "/delete/", ada).expect(200);
        JsonNode seen = get(ALBUMS + "/" + album, null).expect(200).json();
        assertThat(titles(seen)).containsExactly("Track 1");
        assertThat(seen.path("track_count").asInt()).isEqualTo(1);
    }

    static Stream<Arguments> wrongFields() {
        return Stream.of(
                Arguments.of("title", ""),
                Arguments.of("title", null),
                Arguments.of("title", "x".repeat(201)),
                Arguments.of("genre", List.of()),
                Arguments.of("release_date", "tomorrow"),
                Arguments.of("release_date", 7),
                Arguments.of("release_date", "-999999999-01-01"),
                Arguments.of("published", 1),
                Arguments.of("cover_url", "nothing"),
                Arguments.of("track_ids", "x"),
                Arguments.of("track_ids", List.of("track-uuid-1")),
                Arguments.of("track_ids", List.of(UUID.randomUUID().toString())),
                Arguments.of(
                        "track_ids",
                        IntStream.range(0, 201)
                                .mapToObj(i -> UUID.randomUUID().toString())
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void aWrongFieldIsNamed(String field, @Nullable Object value) {
        Map<String, Object> body = example(ada, List.of());
        body.put(field, value);
        assertThat(send(HttpMethod.POST, ALBUMS, ada, body)
                        .expect(400)
                        .json()
                        .path("details")
                        .path(field))
                .isNotEmpty();
        String id = made(ada, true, List.of());
        assertThat(send(HttpMethod.PATCH, ALBUMS + "/" + id + "/update", ada, Collections.singletonMap(field, value))
                        .expect(400)
                        .json()
                        .path("details")
                        .path(field))
                .isNotEmpty();
    }

    @Test
    void onlyOnesOwnTracksEachOnce() {
        List<String> own = tracks(ada, 1);
        List<String> foreign = tracks(bob, 1);
        for (List<String> wrong : List.of(foreign, List.of(own.getFirst(), own.getFirst()))) {
            assertThat(send(HttpMethod.POST, ALBUMS, ada, example(ada, wrong))
                            .expect(400)
                            .json()
                            .path("details")
                            .path("track_ids"))
                    .hasSize(1);
        }
    }

    @Test
    void nobodyMakesAnAlbumForSomebodyElseOrForNobody() {
        assertThat(send(HttpMethod.POST, ALBUMS, bob, example(ada, List.of()))
                        .expect(403)
                        .json()
                        .path("message")
                        .asString())
                .isNotBlank();
        send(HttpMethod.POST, ALBUMS, null, example(ada, List.of())).expect(401);
        JsonNode minimal = send(HttpMethod.POST, ALBUMS, ada, Map.of("title", "Bare", "release_date", "2024-06-01"))
                .expect(201)
                .json();
        assertThat(minimal.path("artist").asString()).isEqualTo("ada");
        assertThat(minimal.path("published").asBoolean(true)).isFalse();
        assertThat(minimal.path("release_date").asString()).isEqualTo("2024-06-01T00:00:00Z");
        assertThat(minimal.path("track_count").asInt()).isZero();
    }

    @Test
    void unknownIdsAreNobodys() {
        for (String id : List.of("x", UUID.randomUUID().toString())) {
            assertThat(get("/musewave/users/" + id + "/albums", null)
                            .expect(200)
                            .json())
                    .isEmpty();
            assertThat(get(ALBUMS + "/" + id, ada).expect(404).json()).isEqualTo(json(ABSENT));
            send(HttpMethod.PATCH, ALBUMS + "/" + id + "/update", ada, Map.of()).expect(404);
            delete(ALBUMS + "/" + id + "/delete", ada).expect(404);
        }
        get("/musewave/users/" + ada.id() + "/albums?limit=0", null).expect(400);
    }

    @Test
    void theNewestAlbumsComeFirst() {
        List<String> ids = List.of(made(ada, true, List.of()), made(ada, true, List.of()), made(ada, true, List.of()));
        assertThat(ids("")).containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(ids("?limit=1&offset=1")).containsExactly(ids.get(1));
    }

    private List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        get("/musewave/users/" + ada.id() + "/albums" + query, null)
                .expect(200)
                .json()
                .forEach(row -> ids.add(row.path("id").asString()));
        return ids;
    }

    private JsonNode row(String track) {
        return get("/musewave/tracks/" + track, null).expect(200).json();
    }

    @Test
    void everyListTellsHowItIsPaged() {
        JsonNode paths = get("/v3/api-docs", null).expect(200).json().path("paths");
        assertThat(List.of(
                        "/musewave/users/{userId}/albums", "/musewave/tracks", "/musewave/search", "/musewave/artists"))
                .allSatisfy(path -> assertThat(
                                paths.path(path).path("get").path("parameters").findValuesAsString("name"))
                        .contains("limit", "offset"));
    }

    private static List<String> titles(JsonNode album) {
        List<String> titles = new ArrayList<>();
        album.path("tracks").forEach(row -> titles.add(row.path("title").asString()));
        return titles;
    }

    private String made(User user, boolean published, List<String> tracks) {
        Map<String, Object> body = example(user, tracks);
        body.put("published", published);
        return send(HttpMethod.POST, ALBUMS, user, body)
                .expect(201)
                .json()
                .path("id")
                .asString();
    }

    private List<String> tracks(User user, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> send(
                                HttpMethod.POST,
                                "/musewave/tracks/create/",
                                user,
                                Map.of(
                                        "title",
                                        "Track " + i,
                                        "audio_url",
                                        "https://example.com/" + i + ".mp3",
                                        "published",
                                        true))
                        .expect(201)
                        .json()
                        .path("id")
                        .asString())
                .toList();
    }

    /** The document's, by this user. */
    private static Map<String, Object> example(User user, List<String> tracks) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user_id", user.id().toString());
        body.put("title", "Summer Collection");
        body.put("artist", "John Doe");
        body.put("genre", "Electronic");
        body.put("description", "A collection of summer hits");
        body.put("release_date", "2024-06-01T00:00:00Z");
        body.put("published", true);
        body.put("track_ids", tracks);
        return body;
    }
}
