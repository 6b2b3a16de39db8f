package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.DocumentedJson;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every documented example of songs, tracks, albums, search, history and statistics of tracks in audionova and musewave,
 * key by key, through the gateway.
 */
class SongsAndAlbumsConformanceE2E {

    private static final byte[] SOUND = Sounds.song(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);

    @Test
    void everyRowOfTheseGroupsHasACase() throws IOException {
        RowCoverage.check(SongsAndAlbumsConformanceE2E.class, "/songs-and-albums-rows.txt");
    }

    @Nested
    class Audionova {

        @Test
        @Row("audionova GET /api/search-songs/")
        void publicSongsAreFoundByTitleAndGenre() {
            String word = "clam" + UUID.randomUUID().toString().replace("-", "");
            Map<String, String> song = Map.of("title", word + " lo-fi beat", "genre", "lofi");
            ann.api()
                    .upload("/api/songs/", "file", "clam lo-fi.mp3", SOUND, song)
                    .expect(201);
            Api.Answer found = platform.anonymous()
                    .get("/api/search-songs/?title=" + word + "&genre=lofi")
                    .expect(200);
            shape(found, """
                    {"count": 1, "next": null, "previous": null, "results": [
                    {"id": 2, "title": "clam lo-fi beat", "genre": "lofi", "file": "/media/uploads/clam lo-fi.mp3",
                    "public": true}]}""");
            assertThat(found.json().path("count").asInt()).isEqualTo(1);
        }

        private static final String SONG = """
                {"id": 2, "user": "<username>", "title": "<song_title>", "duration": "00:00:10",
                "file": "http://localhost:8000/media/songs/audio_file", "genre": "<song_genre>", "play_count": 0,
                "like_count": 0, "public": true, "created_at": "2025-05-30T05:16:03.440708Z"}""";

        @Test
        @Row({
            "audionova POST /api/songs/",
            "audionova GET /api/songs/",
            "audionova PUT /api/songs/{id}/",
            "audionova PATCH /api/songs/{id}/",
            "audionova DELETE /api/songs/{id}/"
        })
        void aSongFromUploadToDeletion() {
            Api.Answer made = ann.api()
                    .upload("/api/songs/", "file", "chill.mp3", SOUND, Map.of("title", "Lo-fi Chill", "genre", "lofi"))
                    .expect(201);
            shape(made, SONG);
            JsonNode song = made.json();
            assertThat(song.path("user").asString()).isEqualTo(ann.username());
            assertThat(song.path("title").asString()).isEqualTo("Lo-fi Chill");
            assertThat(song.path("duration").asString()).isEqualTo("00:00:01");
            assertThat(song.path("public").asBoolean()).isTrue();
            // opens by a click, for anybody
            assertThat(platform.anonymous()
                            .get(song.path("file").asString())
                            .expect(200)
                            .bytes())
                    .isEqualTo(SOUND);
            String path = "/api/songs/" + song.path("id").asLong() + "/";

            Api.Answer list = ann.api().get("/api/songs/").expect(200);
            shape(list, """
                    {"count": 1, "next": null, "previous": null, "results": [
                    {"id": 8, "user": "<username>", "title": "<song_title>", "duration": "00:00:10",
                    "file": "http://localhost:8000/media/songs/song_file", "genre": "<song_genre>", "play_count": 0,
                    "like_count": 0, "public": false, "created at": "2025-05-30T05:16:03.440708Z"}]}""");
            assertThat(list.json().path("count").asInt()).isEqualTo(1);

            Api.Answer put = ann.api()
                    .put(path, Map.of("title", "New Title", "genre", "jazz", "public", false))
                    .expect(200);
            shape(put, SONG);
            assertThat(put.json().path("public").asBoolean(true)).isFalse();
            // what is private opens by its signature
            String file = put.json().path("file").asString();
            assertThat(platform.anonymous().get(file).expect(200).bytes()).isEqualTo(SOUND);
            assertThat(platform.anonymous()
                            .get(file.substring(0, file.indexOf('?')))
                            .expect(404)
                            .json()
                            .has("detail"))
                    .isTrue();

            Api.Answer patch =
                    ann.api().patch(path, Map.of("title", "Newer Title")).expect(200);
            shape(patch, SONG);
            assertThat(patch.json().path("title").asString()).isEqualTo("Newer Title");
            assertThat(patch.json().path("genre").asString()).isEqualTo("jazz");

            assertThat(ann.api()
                            .upload("/api/songs/", "file", "again.wav", SOUND, Map.of("title", "Newer Title"))
                            .expect(400)
                            .json())
                    .isEqualTo(Api.JSON.readTree("{\"title\":[\"song with this title already exists.\"]}"));
            assertThat(ann.api().delete(path).expect(204).bytes()).isEmpty();
            assertThat(ann.api().delete(path).expect(404).json())
                    .isEqualTo(Api.JSON.readTree("{\"detail\":\"No Song matches the given query.\"}"));
            assertThat(ann.api().get("/api/songs/?page=2").expect(404).json())
                    .isEqualTo(Api.JSON.readTree("{\"detail\":\"Invalid page.\"}"));
            assertThat(platform.anonymous().get("/api/songs/").expect(401).json())
                    .isEqualTo(Api.JSON.readTree("""
                    {"detail":"Authentication credentials were not provided."}"""));
        }

        @Test
        @Row("audionova GET /api/songs/{song_id}/play/")
        void playingCounts() {
            JsonNode song = ann.api()
                    .upload("/api/songs/", "file", "play.mp3", SOUND, Map.of("title", "Played"))
                    .expect(201)
                    .json();
            String play = "/api/songs/" + song.path("id").asLong() + "/play/";
            Api.Answer heard = platform.anonymous().get(play).expect(200);
            assertThat(heard.bytes()).isEqualTo(SOUND);
            assertThat(heard.header("Content-Type")).isEqualTo("audio/wav");
            assertThat(platform.anonymous()
                            .send("POST", play, BodyPublishers.noBody())
                            .expect(200)
                            .bytes())
                    .isEqualTo(SOUND);
            assertThat(ann.api().get(play, "Range", "bytes=100-199").expect(206).bytes())
                    .hasSize(100);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ann.api()
                                    .get("/api/songs/" + song.path("id").asLong() + "/")
                                    .expect(200)
                                    .json()
                                    .path("play_count")
                                    .asInt())
                            .isEqualTo(2));
        }

        @Test
        @Row("audionova GET /api/playback-history/")
        void whatWasPlayedIsHistory() {
            Account bob = Account.register(platform);
            for (String title : List.of("Lo-fi Chill", "Lo-fi Beat")) {
                long id = bob.api()
                        .upload("/api/songs/", "file", "chill.mp3", SOUND, Map.of("title", title))
                        .expect(201)
                        .json()
                        .path("id")
                        .asLong();
                bob.api().get("/api/songs/" + id + "/play/").expect(200);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(history(bob).json().path("count").asInt())
                                    .isEqualTo(2));
            Api.Answer history = history(bob);
            shape(history, """
                    {"count": 2, "next": null, "previous": null, "results": [
                    {"song": "Lo-fi Chill", "played_at": "2025-05-20T12:00:00Z"}]}""");
            assertThat(history.json()
                            .path("results")
                            .valueStream()
                            .map(row -> row.path("song").asString()))
                    .containsExactly("Lo-fi Beat", "Lo-fi Chill");
            assertThat(bob.api()
                            .get("/api/playback-history/?page=2")
                            .expect(404)
                            .json())
                    .isEqualTo(Api.JSON.readTree("{\"detail\":\"Invalid page.\"}"));
            assertThat(platform.anonymous()
                            .get("/api/playback-history/")
                            .expect(401)
                            .json())
                    .isEqualTo(Api.JSON.readTree("""
                    {"detail":"Authentication credentials were not provided."}"""));
        }

        private Api.Answer history(Account account) {
            return account.api().get("/api/playback-history/").expect(200);
        }
    }

    @Nested
    class Musewave {

        private static final String TRACK = """
                {"id": "550e8400-e29b-41d4-a716-446655440000", "user_id": "550e8400-e29b-41d4-a716-446655440000",
                "album_id": null, "title": "Summer Vibes", "artist": "John Doe", "artist_slug": "john-doe",
                "description": null, "genre": "Electronic", "mood": "Happy", "tags": ["summer"],
                "audio_url": "https://example.com/tracks/summer-vibes.mp3", "audio_file_size": 5242880,
                "audio_duration": 240.5, "audio_format": "mp3", "cover_url": null, "cover_gradient": null,
                "waveform_data": null, "bpm": null, "key": null, "plays": 0, "likes": 0, "downloads": 0, "shares": 0,
                "published": true, "published_at": "2024-02-04T10:30:00Z", "created_at": "2024-02-04T10:30:00Z",
                "updated_at": "2024-02-04T10:30:00Z"}""";

        private static final String USER = """
                {"id": "550e8400-e29b-41d4-a716-446655440000", "username": "johndoe", "email": null,
                "display_name": "Ann Artist", "bio": null, "avatar_url": null, "header_url": null, "location": null,
                "website": null, "social_links": {"twitter": null, "instagram": null, "spotify": null,
                "soundcloud": null}, "verified": true, "created_at": "2024-02-04T10:30:00Z",
                "updated_at": "2024-02-04T10:30:00Z"}""";

        private static final String ALBUM = """
                {"id": "550e8400-e29b-41d4-a716-446655440000", "user_id": "550e8400-e29b-41d4-a716-446655440000",
                "title": "Summer Collection", "artist": "John Doe", "genre": "Electronic",
                "description": "A collection of summer hits", "release_date": "2024-06-01T00:00:00Z", "published": true,
                "track_count": 3, "created_at": "2024-02-04T10:30:00Z", "updated_at": "2024-02-04T10:30:00Z"}""";

        @Test
        @Row({
            "musewave POST /musewave/tracks/create/",
            "musewave GET /musewave/tracks/{id}/",
            "musewave GET /musewave/tracks/",
            "musewave PATCH /musewave/tracks/{id}/update/",
            "musewave DELETE /musewave/tracks/{id}/delete/"
        })
        void aTrackFromCreationToDeletion() {
            Api.Answer made =
                    ann.api().post("/musewave/tracks/create/", track()).expect(201);
            shape(made, TRACK);
            String path = "/musewave/tracks/" + made.json().path("id").asString();
            shape(platform.anonymous().get(path + "/").expect(200), TRACK);
            Api.Answer list = platform.anonymous()
                    .get(
                            "/musewave/tracks/?genre=Electronic&published=true&sortBy=plays&sortOrder=desc&limit=10&userId="
                                    + ann.id())
                    .expect(200);
            shape(list, "[" + TRACK + "]");
            assertThat(list.json()).hasSize(1);
            assertThat(platform.anonymous()
                            .get("/musewave/tracks/?userId=" + UUID.randomUUID())
                            .expect(200)
                            .json())
                    .isEmpty();

            Api.Answer changed = ann.api()
                    .patch(path + "/update/", Map.of("title", "Winter Vibes", "bpm", 120))
                    .expect(200);
            shape(changed, TRACK.replace("\"bpm\": null", "\"bpm\": 120"));
            assertThat(changed.json().path("title").asString()).isEqualTo("Winter Vibes");

            Map<String, Object> foreign = track();
            foreign.put("user_id", UUID.randomUUID().toString());
            assertThat(ann.api()
                            .post("/musewave/tracks/create/", foreign)
                            .expect(403)
                            .json()
                            .has("message"))
                    .isTrue();
            assertThat(ann.api()
                            .post("/musewave/tracks/create/", Map.of("title", "x"))
                            .expect(400)
                            .json()
                            .has("error"))
                    .isTrue();
            assertThat(ann.api().delete(path + "/delete/").expect(200).json())
                    .isEqualTo(Api.JSON.readTree("{\"success\":true}"));
            assertThat(ann.api().delete(path + "/delete/").expect(404).json().has("message"))
                    .isTrue();
        }

        @Test
        @Row("musewave GET /musewave/tracks/{id}/stats/")
        void aTrackHasNumbers() {
            String id = created();
            String path = "/musewave/tracks/" + id + "/stats/";
            ann.api()
                    .post("/api/v1/tracks/" + id + "/play", Map.of("duration", 200))
                    .expect(200);
            Api.Answer stats = platform.anonymous().get(path).expect(200);
            shape(stats, """
                    {"track_id": "550e8400-e29b-41d4-a716-446655440000", "daily_plays": {}, "total_unique_listeners": 1,
                    "avg_listen_duration": 200.0, "completion_rate": 100.0, "updated_at": "2024-02-04T10:30:00Z"}""");
            assertThat(stats.json().path("track_id").asString()).isEqualTo(id);
            assertThat(stats.json().path("daily_plays").propertyNames())
                    .hasSize(30)
                    .allMatch(day -> day.matches("\\d{4}-\\d{2}-\\d{2}"));
            assertThat(stats.json()
                            .path("daily_plays")
                            .valueStream()
                            .mapToInt(JsonNode::asInt)
                            .sum())
                    .isEqualTo(1);
            assertThat(stats.json().path("total_unique_listeners").asInt()).isEqualTo(1);
            assertThat(stats.json().path("avg_listen_duration").asDouble()).isEqualTo(200);
            assertThat(stats.json().path("completion_rate").asDouble()).isEqualTo(100);
            assertThat(platform.anonymous()
                            .get("/musewave/tracks/" + UUID.randomUUID() + "/stats/")
                            .expect(404)
                            .json()
                            .has("message"))
                    .isTrue();
            ann.api()
                    .patch("/musewave/tracks/" + id + "/update/", Map.of("published", false))
                    .expect(200);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(platform.anonymous().get(path).status()).isEqualTo(404));
            ann.api().get(path).expect(200);
        }

        @Test
        @Row({
            "musewave POST /musewave/albums",
            "musewave GET /musewave/users/{user_id}/albums",
            "musewave GET /musewave/albums/{id}",
            "musewave PATCH /musewave/albums/{id}/update",
            "musewave DELETE /musewave/albums/{id}/delete"
        })
        void anAlbumFromCreationToDeletion() {
            List<String> tracks = List.of(created(), created(), created());
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("user_id", ann.id());
            body.put("title", "Summer Collection");
            body.put("artist", "John Doe");
            body.put("genre", "Electronic");
            body.put("description", "A collection of summer hits");
            body.put("release_date", "2024-06-01T00:00:00Z");
            body.put("published", true);
            body.put("track_ids", tracks);
            Api.Answer made = ann.api().post("/musewave/albums", body).expect(201);
            shape(made, ALBUM);
            assertThat(made.json().path("track_count").asInt()).isEqualTo(3);
            String id = made.json().path("id").asString();
            shape(
                    platform.anonymous()
                            .get("/musewave/users/" + ann.id() + "/albums")
                            .expect(200),
                    "[" + ALBUM + "]");
            Api.Answer one = platform.anonymous().get("/musewave/albums/" + id).expect(200);
            shape(one, ALBUM);
            one.json()
                    .path("tracks")
                    .forEach(row -> DocumentedJson.assertShape(
                            row.toString(),
                            TRACK.replace(
                                    "\"album_id\": null", "\"album_id\": \"550e8400-e29b-41d4-a716-446655440000\"")));
            assertThat(one.json().path("tracks")).hasSize(3);
            assertThat(one.json().path("tracks").get(1).path("id").asString()).isEqualTo(tracks.get(1));

            Api.Answer changed = ann.api()
                    .patch("/musewave/albums/" + id + "/update", Map.of("title", "Winter Collection"))
                    .expect(200);
            shape(changed, ALBUM);
            assertThat(changed.json().path("title").asString()).isEqualTo("Winter Collection");

            assertThat(ann.api()
                            .delete("/musewave/albums/" + id + "/delete")
                            .expect(200)
                            .json())
                    .isEqualTo(Api.JSON.readTree("{\"success\":true}"));
            ann.api().delete("/musewave/albums/" + id + "/delete").expect(404);
            assertThat(platform.anonymous()
                            .get("/musewave/tracks/" + tracks.getFirst() + "/")
                            .expect(200)
                            .json()
                            .path("album_id")
                            .isNull())
                    .isTrue();
        }

        @Test
        @Row({"musewave GET /musewave/search/", "musewave GET /musewave/artists/"})
        void tracksAndArtistsAreFound() {
            ann.api()
                    .patch("/musewave/users/" + ann.id() + "/update/", Map.of("display_name", "Ann Artist"))
                    .expect(200);
            created();
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode users = platform.anonymous()
                        .get("/musewave/search/?q=" + ann.username() + "&type=users&limit=20")
                        .expect(200)
                        .json()
                        .path("users");
                assertThat(users).hasSize(1);
                assertThat(users.get(0).path("display_name").asString()).isEqualTo("Ann Artist");
            });
            // the titles of others' runs may be the same: the owner's name tells them apart
            Api.Answer all = platform.anonymous()
                    .get("/musewave/search/?q=summer%20" + ann.username() + "&type=all&limit=20")
                    .expect(200);
            assertThat(all.json().propertyNames()).containsExactlyInAnyOrder("tracks", "users");
            assertThat(all.json().path("tracks")).isNotEmpty();
            all.json().path("tracks").forEach(row -> DocumentedJson.assertShape(row.toString(), TRACK));
            JsonNode artists = platform.anonymous()
                    .get("/musewave/artists/?limit=100")
                    .expect(200)
                    .json();
            JsonNode own = artists.valueStream()
                    .filter(row -> row.path("id").asString().equals(ann.id()))
                    .findFirst()
                    .orElseThrow();
            DocumentedJson.assertShape(own.toString(), USER);
            platform.anonymous().get("/musewave/search/").expect(400);
        }

        @Test
        @Row("musewave POST /musewave/search/rebuild/")
        void administratorsHaveTheIndexMadeAnew() {
            ann.api().post("/musewave/search/rebuild/", Map.of()).expect(403);
            assertThat(platform.administrator()
                            .post("/musewave/search/rebuild/", Map.of())
                            .expect(202)
                            .json())
                    .isEqualTo(Api.JSON.readTree("{\"success\":true}"));
        }

        private String created() {
            return ann.api()
                    .post("/musewave/tracks/create/", track())
                    .expect(201)
                    .json()
                    .path("id")
                    .asString();
        }

        private Map<String, Object> track() {
            Map<String, Object> track = new LinkedHashMap<>();
            track.put("user_id", ann.id());
            track.put("title", "Summer Vibes");
            track.put("artist", "John Doe");
            track.put("artist_slug", "john-doe");
            track.put("genre", "Electronic");
            track.put("mood", "Happy");
            track.put("tags", List.of("summer", "dance", "upbeat"));
            track.put("audio_url", "https://example.com/tracks/summer-vibes.mp3");
            track.put("audio_file_size", 5242880);
            track.put("audio_duration", 240.5);
            track.put("audio_format", "mp3");
            track.put("published", true);
            return track;
        }
    }

    private static void shape(Api.Answer answer, String example) {
        DocumentedJson.assertShape(answer.text(), example);
    }
}
