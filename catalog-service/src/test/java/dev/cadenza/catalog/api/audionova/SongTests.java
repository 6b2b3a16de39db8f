package dev.cadenza.catalog.api.audionova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

class SongTests extends LibraryTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SONGS = "/api/songs/";
    private static final byte[] SOUND = TestAudio.wav();
    private static final String ABSENT = "{\"detail\":\"No Song matches the given query.\"}";

    private static final String SONG = """
            {"id": 2, "user": "<username>", "title": "<song_title>", "duration": "00:00:10",
            "file": "http://localhost:8000/media/songs/<audio_file>", "genre": "<song_genre>", "play_count": 0,
            "like_count": 0, "public": true, "created_at": "2025-05-30T05:16:03.440708Z"}""";

    @Test
    void aSongIsUploadedListedChangedAndDeletedAsTheDocumentShows() {
        Answer made = form(HttpMethod.POST, SONGS, ada, "file", SOUND, "title", "Lo-fi Chill", "genre", "lofi")
                .expect(201);
        DocumentedJson.assertShape(made.text(), SONG.replace("<audio_file>", "audio_file"));
        JsonNode song = made.json();
        assertThat(song.path("user").asString()).isEqualTo("ada");
        assertThat(song.path("title").asString()).isEqualTo("Lo-fi Chill");
        assertThat(song.path("genre").asString()).isEqualTo("lofi");
        assertThat(song.path("duration").asString()).isEqualTo("00:00:01");
        assertThat(song.path("public").asBoolean()).isTrue();
        assertThat(song.path("file").asString())
                .isEqualTo(BASE + "/media/songs/" + song.path("id").asLong() + "/Lo-fi_Chill.wav");
        String path = SONGS + song.path("id").asLong() + "/";

        Answer list = get(SONGS, ada).expect(200);
        DocumentedJson.assertShape(list.text(), """
                {"count": 1, "next": null, "previous": null, "results": [
                {"id": 8, "user": "<username>", "title": "<song_title>", "duration": "00:00:10",
                "file": "http://localhost:8000/media/songs/song_file", "genre": "<song_genre>", "play_count": 0,
                "like_count": 0, "public": false, "created at": "2025-05-30T05:16:03.440708Z"}]}""");
        assertThat(list.json().path("results").get(0)).isEqualTo(song);

        Answer put = send(HttpMethod.PUT, path, ada, Map.of("title", "New Title", "genre", "jazz", "public", false))
                .expect(200);
        DocumentedJson.assertShape(put.text(), SONG.replace("<audio_file>", "audio_file"));
        assertThat(put.json().path("title").asString()).isEqualTo("New Title");
        assertThat(put.json().path("genre").asString()).isEqualTo("jazz");
        assertThat(put.json().path("public").asBoolean()).isFalse();

        Answer patch = send(HttpMethod.PATCH, path, ada, Map.of("title", "Newer Title"))
                .expect(200);
        DocumentedJson.assertShape(patch.text(), SONG.replace("<audio_file>", "audio_file"));
        assertThat(patch.json().path("title").asString()).isEqualTo("Newer Title");
        assertThat(patch.json().path("genre").asString()).isEqualTo("jazz");

        assertThat(get(path, ada).expect(200).json().path("title").asString()).isEqualTo("Newer Title");
        assertThat(delete(path, ada).expect(204).bytes()).isEmpty();
        assertThat(delete(path, ada).expect(404).json()).isEqualTo(json(ABSENT));
        assertThat(get(path, ada).expect(404).json()).isEqualTo(json(ABSENT));
    }

    @Test
    void bothFormsOfEveryPathAnswerAlikeAndWithoutARedirect() {
        long id = uploaded(ada, "Twice");
        get("/api/songs", ada).expect(200);
        get("/api/songs/" + id, ada).expect(200);
        get("/api/songs/" + id + "/play", ada).expect(200);
        send(HttpMethod.PATCH, "/api/songs/" + id, ada, Map.of("genre", "x")).expect(200);
        send(HttpMethod.PUT, "/api/songs/" + id, ada, Map.of("title", "Twice")).expect(200);
        form(HttpMethod.POST, "/api/songs", ada, "file", SOUND, "title", "Thrice")
                .expect(201);
        delete("/api/songs/" + id, ada).expect(204);
    }

    @Test
    void listsOnesOwnInPagesOfTenNewestFirst() {
        IntStream.rangeClosed(1, 11).forEach(i -> uploaded(ada, "Song " + i));
        uploaded(bob, "Of somebody else");
        JsonNode first = get(SONGS, ada).expect(200).json();
        assertThat(first.path("count").asInt()).isEqualTo(11);
        assertThat(first.path("results")).hasSize(10);
        assertThat(first.path("results").get(0).path("title").asString()).isEqualTo("Song 11");
        assertThat(first.path("previous").isNull()).isTrue();
        assertThat(first.path("next").asString()).isEqualTo(BASE + "/api/songs/?page=2");
        JsonNode second = get(first.path("next").asString(), ada).expect(200).json();
        assertThat(second.path("results"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("title").asString()).isEqualTo("Song 1"));
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(second.path("previous").asString()).isEqualTo(BASE + "/api/songs/");
        assertThat(get(SONGS + "?page=3", ada).expect(404).json()).isEqualTo(json("{\"detail\":\"Invalid page.\"}"));
        assertThat(get(SONGS + "?page=x", ada).expect(404).json()).isEqualTo(json("{\"detail\":\"Invalid page.\"}"));
    }

    @Test
    void aTitleIsItsOwnersOnce() {
        long id = uploaded(ada, "The same");
        JsonNode taken = json("{\"title\":[\"song with this title already exists.\"]}");
        assertThat(form(HttpMethod.POST, SONGS, ada, "file", SOUND, "title", "  The same ")
                        .expect(400)
                        .json())
                .isEqualTo(taken);
        uploaded(bob, "The same");
        long other = uploaded(ada, "Another");
        assertThat(send(HttpMethod.PATCH, SONGS + other + "/", ada, Map.of("title", "The same"))
                        .expect(400)
                        .json())
                .isEqualTo(taken);
        assertThat(send(HttpMethod.PUT, SONGS + other + "/", ada, Map.of("title", "The same"))
                        .expect(400)
                        .json())
                .isEqualTo(taken);
        // its own title is no other's
        send(HttpMethod.PUT, SONGS + id + "/", ada, Map.of("title", "The same")).expect(200);
        delete(SONGS + id + "/", ada).expect(204);
        send(HttpMethod.PATCH, SONGS + other + "/", ada, Map.of("title", "The same"))
                .expect(200);
    }

    @Test
    void ofUploadsOfOneTitleAtTheSameMomentOneIsTaken() {
        List<Integer> statuses = Stream.generate(() -> "At once")
                .limit(6)
                .parallel()
                .map(title -> form(HttpMethod.POST, SONGS, ada, "file", SOUND, "title", title)
                        .status())
                .toList();
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 400);
        assertThat(get(SONGS, ada).expect(200).json().path("count").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidInTheWordsOfTheFramework() {
        assertThat(form(HttpMethod.POST, SONGS, ada, "genre", "x").expect(400).json())
                .isEqualTo(json("{\"title\":[\"This field is required.\"],\"file\":[\"No file was submitted.\"]}"));
        assertThat(send(HttpMethod.POST, SONGS, ada, Map.of("title", " ", "file", "x", "public", "maybe"))
                        .expect(400)
                        .json())
                .isEqualTo(json("""
                        {"title":["This field may not be blank."],
                        "file":["The submitted data was not a file. Check the encoding type on the form."],
                        "public":["Must be a valid boolean."]}"""));
        assertThat(form(HttpMethod.POST, SONGS, ada, "file", SOUND, "title", "x".repeat(201), "genre", "g".repeat(101))
                        .expect(400)
                        .json())
                .isEqualTo(json("""
                        {"title":["Ensure this field has no more than 200 characters."],
                        "genre":["Ensure this field has no more than 100 characters."]}"""));
        assertThat(form(HttpMethod.POST, SONGS, ada, "file", new byte[0], "title", "Empty")
                        .expect(400)
                        .json())
                .isEqualTo(json("{\"file\":[\"The submitted file is empty.\"]}"));
        JsonNode noAudio = form(
                        HttpMethod.POST,
                        SONGS,
                        ada,
                        "file",
                        "no audio at all".repeat(50).getBytes(),
                        "title",
                        "Text")
                .expect(400)
                .json();
        assertThat(noAudio.path("file")).hasSize(1);
        assertThat(noAudio.size()).isEqualTo(1);
        assertThat(send(HttpMethod.POST, SONGS, ada, "{\"title\":")
                        .expect(400)
                        .json()
                        .path("detail")
                        .asString())
                .startsWith("JSON parse error - ");
        assertThat(send(HttpMethod.POST, SONGS, ada, "[]").expect(400).text()).contains("non_field_errors");
        assertThat(get(SONGS, ada).expect(200).json().path("count").asInt()).isZero();

        long id = uploaded(ada, "Right");
        assertThat(send(HttpMethod.PUT, SONGS + id + "/", ada, Map.of("genre", "x"))
                        .expect(400)
                        .json())
                .isEqualTo(json("{\"title\":[\"This field is required.\"]}"));
        assertThat(send(HttpMethod.PATCH, SONGS + id + "/", ada, "{\"title\":null}")
                        .expect(400)
                        .json())
                .isEqualTo(json("{\"title\":[\"This field may not be null.\"]}"));
        assertThat(form(HttpMethod.PATCH, SONGS + id + "/", ada, "file", SOUND)
                        .expect(400)
                        .json()
                        .path("file"))
                .hasSize(1);
        assertThat(form(HttpMethod.PATCH, SONGS + id + "/", ada, "title", "By form", "public", "no")
                        .expect(200)
                        .json()
                        .path("public")
                        .asBoolean())
                .isFalse();
        assertThat(send(HttpMethod.PATCH, SONGS + id + "/", ada, Map.of("genre", ""))
                        .expect(200)
                        .json()
                        .path("genre")
                        .asString())
                .isEmpty();
    }

    @Test
    void methodsThatAreNotThereAreRefusedAndSoIsWhoeverHasNoIdentity() {
        long id = uploaded(ada, "Mine");
        assertThat(send(HttpMethod.PUT, SONGS, ada, Map.of()).expect(405).json())
                .isEqualTo(json("{\"detail\":\"Method \\\"PUT\\\" not allowed.\"}"));
        assertThat(send(HttpMethod.POST, SONGS + id + "/", ada, Map.of())
                        .expect(405)
                        .json())
                .isEqualTo(json("{\"detail\":\"Method \\\"POST\\\" not allowed.\"}"));
        assertThat(get(SONGS, null).expect(401).json()).isEqualTo(json(NO_IDENTITY));
        assertThat(form(HttpMethod.POST, SONGS, null, "file", SOUND, "title", "x")
                        .expect(401)
                        .json())
                .isEqualTo(json(NO_IDENTITY));
        assertThat(send(HttpMethod.PATCH, SONGS + id + "/", null, Map.of("title", "x"))
                        .expect(401)
                        .json())
                .isEqualTo(json(NO_IDENTITY));
        assertThat(delete(SONGS + id + "/", null).expect(401).json()).isEqualTo(json(NO_IDENTITY));
    }

    @Test
    void whatIsSomebodyElsesIsHisToChange() {
        long open = uploaded(ada, "Open");
        long hidden = uploaded(ada, "Hidden", "public", "false");
        JsonNode denied = json("{\"detail\":\"You do not have permission to perform this action.\"}");
        get(SONGS + open + "/", bob).expect(200);
        assertThat(send(HttpMethod.PATCH, SONGS + open + "/", bob, Map.of("title", 7))
                        .expect(403)
                        .json())
                .isEqualTo(denied);
        assertThat(delete(SONGS + open + "/", bob).expect(403).json()).isEqualTo(denied);
        for (String path : List.of(
                SONGS + hidden + "/",
                SONGS + "0/",
                SONGS + "999999999999/",
                SONGS + "x/",
                SONGS + "-1/",
                SONGS + "99999999999999999999/")) {
            assertThat(get(path, bob).expect(404).json()).isEqualTo(json(ABSENT));
            assertThat(send(HttpMethod.PUT, path, bob, Map.of("title", "x"))
                            .expect(404)
                            .json())
                    .isEqualTo(json(ABSENT));
            assertThat(delete(path, bob).expect(404).json()).isEqualTo(json(ABSENT));
            assertThat(get(path + "play/", bob).expect(404).json()).isEqualTo(json(ABSENT));
        }
    }

    @Test
    void playAnswersTheAudioToEverybodyAndCountsWhatStartsAtTheFirstByte() {
        long id = uploaded(ada, "Played");
        String play = SONGS + id + "/play/";
        Answer whole = get(play, null).expect(200);
        assertThat(whole.bytes()).isEqualTo(SOUND);
        assertThat(whole.headers().getContentType()).hasToString("audio/wav");
        assertThat(send(HttpMethod.POST, play, null).expect(200).bytes()).isEqualTo(SOUND);
        assertThat(get(play, bob, "Range", "bytes=0-99").expect(206).bytes()).isEqualTo(Arrays.copyOf(SOUND, 100));
        // none of these begins anew
        assertThat(get(play, bob, "Range", "bytes=100-199").expect(206).bytes())
                .isEqualTo(Arrays.copyOfRange(SOUND, 100, 200));
        get(play, bob, "Range", "bytes=" + SOUND.length + "-").expect(416);
        Answer head = send(HttpMethod.HEAD, play, null).expect(200);
        assertThat(head.headers().getContentLength()).isEqualTo(SOUND.length);
        String etag = head.headers().getETag();
        assertThat(etag).isNotNull();
        get(play, null, "If-None-Match", etag).expect(304);
        assertThat(send(HttpMethod.POST, play, null, "If-None-Match", etag)
                        .expect(200)
                        .bytes())
                .hasSize(SOUND.length);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(listenings(id)).hasSize(4));
        assertThat(listenings(id).stream()
                        .filter(message -> message.path("data")
                                .path("listenerId")
                                .asString("")
                                .equals(bob.id().toString())))
                .hasSize(1);
    }

    @Test
    void thePrivateOnesAreHeardByTheirOwnerAndByWhoeverHasASignedAddress() {
        JsonNode song = form(HttpMethod.POST, SONGS, ada, "file", SOUND, "title", "A/b: c?", "public", "false")
                .expect(201)
                .json();
        String file = song.path("file").asString();
        assertThat(file).startsWith(BASE + "/media/songs/" + song.path("id").asLong() + "/A_b_c_.wav?expires=");
        String bare = file.substring(0, file.indexOf('?'));
        String play = SONGS + song.path("id").asLong() + "/play/";
        assertThat(get(file, null).expect(200).bytes()).isEqualTo(SOUND);
        assertThat(get(file, bob).expect(200).headers().getCacheControl()).contains("private");
        assertThat(get(bare, ada).expect(200).bytes()).isEqualTo(SOUND);
        get(bare, null).expect(404);
        get(bare, bob).expect(404);
        get(file.replace("expires=", "expires=9"), bob).expect(404);
        get(play, ada).expect(200);
        get(play + file.substring(file.indexOf('?')), null).expect(200);
        get(play, null).expect(404);
        get(play, bob).expect(404);

        // what becomes public needs no signature any more, and what was public is shut
        send(HttpMethod.PATCH, SONGS + song.path("id").asLong() + "/", ada, Map.of("public", true))
                .expect(200);
        get(bare, null).expect(200);
        get(bare.replace("A_b_c_.wav", "another%20name"), null).expect(200);
        send(HttpMethod.PATCH, SONGS + song.path("id").asLong() + "/", ada, Map.of("public", false))
                .expect(200);
        get(bare, null).expect(404);
    }

    @Test
    void openingTheFileIsNoListening() {
        JsonNode song = form(HttpMethod.POST, SONGS, ada, "file", SOUND, "title", "Shown")
                .expect(201)
                .json();
        get(song.path("file").asString(), null).expect(200);
        get(SONGS + song.path("id").asLong() + "/play/", null).expect(200);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(listenings(song.path("id").asLong())).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MP3", "FLAC"})
    void theFileNamesItsRealFormat(String format) {
        byte[] bytes = TestAudio.encoded(AudioFormat.valueOf(format));
        JsonNode song = form(HttpMethod.POST, SONGS, ada, "file", bytes, "title", "Real")
                .expect(201)
                .json();
        assertThat(song.path("file").asString()).endsWith("/Real." + format.toLowerCase(java.util.Locale.ROOT));
        assertThat(song.path("duration").asString()).isEqualTo("00:00:03");
        // the form left the genre to the file
        assertThat(song.path("genre").asString()).isEqualTo("Ambient");
    }

    private long uploaded(User user, String title, Object... more) {
        Object[] fields = Stream.concat(Stream.of("file", SOUND, "title", title), Stream.of(more))
                .toArray();
        return form(HttpMethod.POST, SONGS, user, fields)
                .expect(201)
                .json()
                .path("id")
                .asLong();
    }

    /** By the number of the song, which is the track's. */
    private static List<JsonNode> listenings(long number) {
        List<String> tracks =
                Published.on(
                                "catalog.track.v1",
                                message -> message.path("data").path("number").asLong() == number)
                        .stream()
                        .map(message -> message.path("data").path("trackId").asString())
                        .distinct()
                        .toList();
        return Published.on(
                "catalog.stream.v1",
                message -> tracks.contains(message.path("data").path("trackId").asString()));
    }
}
