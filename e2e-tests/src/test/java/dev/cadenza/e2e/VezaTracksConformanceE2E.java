package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.DocumentedJson;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every documented example of tracks, uploads and search in veza, what other services say of tracks included, key by key, through the gateway. */
class VezaTracksConformanceE2E {

    private static final byte[] SOUND = Sounds.song(1);
    private static final String MESSAGE = "{\"success\": true, \"data\": {\"message\": \"Done\"}}";

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);

    @Test
    void everyRowOfTheseGroupsHasACase() throws IOException {
        RowCoverage.check(VezaTracksConformanceE2E.class, "/veza-tracks-rows.txt");
    }

    @Nested
    class Tracks {

        @Test
        @Row({
            "veza POST /api/v1/tracks",
            "veza GET /api/v1/tracks/{id}/status",
            "veza GET /api/v1/tracks/{id}",
            "veza PUT /api/v1/tracks/{id}",
            "veza GET /api/v1/tracks/{id}/download",
            "veza GET /api/v1/tracks/quota/{id}",
            "veza DELETE /api/v1/tracks/{id}"
        })
        void aTrackFromUploadToDeletion() {
            Api.Answer made = ann.api()
                    .upload("/api/v1/tracks", "file", "my-track.wav", SOUND, Map.of())
                    .expect(201);
            shape(made, """
                    {"success": true, "data": {"track": {"id": "550e8400-e29b-41d4-a716-446655440000",
                    "title": "My Track", "status": "processing", "created_at": "2025-01-01T00:00:00Z"}}}""");
            String path =
                    "/api/v1/tracks/" + made.data().path("track").path("id").asString();
            shape(ann.api().get(path + "/status").expect(200), """
                    {"success": true, "data": {"status": "processing", "progress": 75}}""");

            Api.Answer updated = ann.api()
                    .put(
                            path,
                            Map.of(
                                    "title",
                                    "Updated Title",
                                    "artist",
                                    "Updated Artist",
                                    "album",
                                    "Updated Album",
                                    "genre",
                                    "Rock",
                                    "year",
                                    2025,
                                    "is_public",
                                    true))
                    .expect(200);
            shape(updated, """
                    {"success": true, "data": {"track": {"id": "550e8400-e29b-41d4-a716-446655440000",
                    "title": "Updated Title", "artist": "Updated Artist"}}}""");
            shape(platform.anonymous().get(path).expect(200), """
                    {"success": true, "data": {"track": {"id": "550e8400-e29b-41d4-a716-446655440000",
                    "title": "My Track", "artist": "John Doe", "album": "My Album", "duration": 180, "format": "mp3",
                    "file_size": 5242880, "genre": "Electronic", "year": 2025, "is_public": true, "like_count": 42,
                    "play_count": 150, "created_at": "2025-01-01T00:00:00Z"}}}""");
            Api.Answer downloaded = platform.anonymous().get(path + "/download").expect(200);
            assertThat(downloaded.bytes()).isEqualTo(SOUND);
            assertThat(downloaded.header("Content-Type")).isEqualTo("audio/wav");

            Api.Answer quota = ann.api().get("/api/v1/tracks/quota/" + ann.id()).expect(200);
            shape(quota, """
                    {"success": true, "data": {"quota": {"used": 524288000, "limit": 1073741824,
                    "remaining": 549453824, "percentage_used": 48.8}}}""");
            assertThat(quota.data().path("quota").path("used").asLong()).isEqualTo(SOUND.length);

            Api.Answer deleted = ann.api().delete(path).expect(200);
            shape(deleted, """
                    {"success": true, "data": {"message": "Track deleted successfully"}}""");
            assertThat(deleted.data().path("message").asString()).isEqualTo("Track deleted successfully");
            ann.api().get(path).expect(404);
        }

        @Test
        @Row({"veza GET /api/v1/tracks", "veza GET /api/v1/tracks/search", "veza GET /api/v1/search"})
        void listsAndSearch() {
            String title = "Needle " + UUID.randomUUID();
            String id = ann.uploadedTrack(SOUND, title);
            ann.api().put("/api/v1/tracks/" + id, Map.of("genre", "Electronic")).expect(200);
            Api.Answer list = platform.anonymous()
                    .get(
                            "/api/v1/tracks?page=1&limit=20&genre=electronic&format=wav&sort_by=title&sort_order=asc&user_id="
                                    + ann.id())
                    .expect(200);
            shape(list, """
                    {"success": true, "data": {"tracks": [{"id": "550e8400-e29b-41d4-a716-446655440000",
                    "title": "My Track", "artist": "John Doe", "duration": 180, "format": "mp3",
                    "genre": "Electronic", "is_public": true, "created_at": "2025-01-01T00:00:00Z"}],
                    "pagination": {"page": 1, "limit": 20, "total": 150, "total_pages": 8}}}""");
            assertThat(list.data().path("pagination").path("total").asInt()).isEqualTo(1);

            String words = title.replace(" ", "%20");
            Api.Answer found = platform.anonymous()
                    .get("/api/v1/tracks/search?q=" + words + "&min_duration=0&max_duration=9&sort_by=popularity")
                    .expect(200);
            shape(found, """
                    {"tracks": [{"id": "550e8400-e29b-41d4-a716-446655440000", "title": "My Track",
                    "artist": "John Doe", "duration": 180}],
                    "pagination": {"page": 1, "limit": 20, "total": 50, "total_pages": 3}}""");
            assertThat(found.json().path("tracks").path(0).path("id").asString())
                    .isEqualTo(id);

            Api.Answer everything =
                    platform.anonymous().get("/api/v1/search?q=" + words).expect(200);
            JsonNode data = everything.data();
            assertThat(data.propertyNames()).contains("tracks", "playlists", "users", "total");
            assertThat(data.path("tracks").path(0).path("id").asString()).isEqualTo(id);
            assertThat(data.path("total").isIntegralNumber()).isTrue();
        }

        @Test
        @Row("veza POST /api/v1/tracks/batch/delete")
        void severalAtOnce() {
            List<String> ids = List.of(ann.uploadedTrack(SOUND, "One"), ann.uploadedTrack(SOUND, "Two"));
            Api.Answer answer = ann.api()
                    .post("/api/v1/tracks/batch/delete", Map.of("track_ids", ids))
                    .expect(200);
            assertThat(answer.data().path("deleted").toString())
                    .isEqualTo("[\"" + ids.get(0) + "\",\"" + ids.get(1) + "\"]");
            assertThat(answer.data().path("failed").toString()).isEqualTo("{}");
        }
    }

    @Nested
    class Listening {

        private final String path = "/api/v1/tracks/" + ann.uploadedTrack(SOUND, "Heard");

        @Test
        @Row({
            "veza POST /api/v1/tracks/{id}/like",
            "veza GET /api/v1/tracks/{id}/likes",
            "veza DELETE /api/v1/tracks/{id}/like"
        })
        void likes() {
            Api.Answer liked = ann.api().post(path + "/like", Map.of()).expect(200);
            shape(liked, MESSAGE);
            assertThat(liked.data().path("message").asString()).isEqualTo("Track liked");
            Api.Answer likes = platform.anonymous().get(path + "/likes").expect(200);
            shape(likes, """
                    {"success": true, "data": {"likes": [{"user_id": "550e8400-e29b-41d4-a716-446655440000",
                    "username": "johndoe", "liked_at": "2025-01-01T00:00:00Z"}], "total": 42}}""");
            assertThat(likes.data().path("total").asInt()).isEqualTo(1);
            Api.Answer unliked = ann.api().delete(path + "/like").expect(200);
            shape(unliked, MESSAGE);
            assertThat(unliked.data().path("message").asString()).isEqualTo("Track unliked");
            assertThat(platform.anonymous()
                            .get(path + "/likes")
                            .expect(200)
                            .data()
                            .path("total")
                            .asInt(-1))
                    .isZero();
        }

        @Test
        @Row({"veza POST /api/v1/tracks/{id}/play", "veza GET /api/v1/tracks/{id}/stats"})
        void plays() {
            Api.Answer played = ann.api()
                    .post(path + "/play", Map.of("duration", 120, "device", "Chrome Browser"))
                    .expect(200);
            shape(played, """
                    {"success": true, "data": {"message": "Play event recorded",
                    "id": "550e8400-e29b-41d4-a716-446655440000"}}""");
            assertThat(played.data().path("message").asString()).isEqualTo("Play event recorded");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Api.Answer stats = platform.anonymous().get(path + "/stats").expect(200);
                shape(stats, """
                        {"success": true, "data": {"stats": {"total_plays": 150, "unique_listeners": 45,
                        "average_duration": 165.5, "completion_rate": 78.5}}}""");
                assertThat(stats.data().path("stats").path("total_plays").asInt())
                        .isEqualTo(1);
            });
        }
    }

    @Nested
    class Uploads {

        @Test
        @Row({
            "veza POST /api/v1/tracks/initiate",
            "veza POST /api/v1/tracks/chunk",
            "veza GET /api/v1/tracks/resume/{uploadId}",
            "veza POST /api/v1/tracks/complete"
        })
        void inChunks() throws NoSuchAlgorithmException {
            Api.Answer initiated = ann.api()
                    .post(
                            "/api/v1/tracks/initiate",
                            Map.of("filename", "my-track.wav", "total_chunks", 2, "total_size", SOUND.length))
                    .expect(200);
            shape(initiated, """
                    {"success": true, "data": {"upload_id": "550e8400-e29b-41d4-a716-446655440000",
                    "message": "Upload session initiated"}}""");
            String id = initiated.data().path("upload_id").asString();
            int middle = SOUND.length / 2;
            Api.Answer chunk = chunk(id, 2, Arrays.copyOfRange(SOUND, middle, SOUND.length));
            shape(chunk, """
                    {"success": true, "data": {"upload_id": "550e8400-e29b-41d4-a716-446655440000",
                    "received_chunks": 5, "progress": 50.0, "message": "Chunk uploaded successfully"}}""");
            Api.Answer resumed = ann.api().get("/api/v1/tracks/resume/" + id).expect(200);
            shape(resumed, """
                    {"success": true, "data": {"upload_id": "550e8400-e29b-41d4-a716-446655440000",
                    "chunks_received": 7, "total_chunks": 10}}""");
            assertThat(resumed.data().path("chunks_received").asInt()).isEqualTo(1);
            chunk(id, 1, Arrays.copyOf(SOUND, middle));
            Api.Answer completed = ann.api()
                    .post("/api/v1/tracks/complete", Map.of("upload_id", id))
                    .expect(201);
            shape(completed, """
                    {"success": true, "data": {"track": {"id": "550e8400-e29b-41d4-a716-446655440000",
                    "title": "my-track", "status": "processing"}, "md5": "d41d8cd98f00b204e9800998ecf8427e",
                    "message": "Upload completed"}}""");
            assertThat(completed.data().path("track").path("title").asString()).isEqualTo("my-track");
            assertThat(completed.data().path("md5").asString())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("MD5").digest(SOUND)));
        }

        private Api.Answer chunk(String id, int number, byte[] bytes) {
            return ann.api()
                    .upload(
                            "/api/v1/tracks/chunk",
                            "chunk",
                            "blob",
                            bytes,
                            Map.of(
                                    "upload_id",
                                    id,
                                    "chunk_number",
                                    Integer.toString(number),
                                    "total_chunks",
                                    "2",
                                    "total_size",
                                    Integer.toString(SOUND.length),
                                    "filename",
                                    "my-track.wav"))
                    .expect(200);
        }

        @Test
        @Row({"veza POST /api/v1/uploads", "veza GET /api/v1/uploads/{id}/status"})
        void inOneGo() {
            Api.Answer made = ann.api()
                    .upload("/api/v1/uploads", "file", "song.wav", SOUND, Map.of())
                    .expect(201);
            shape(made, """
                    {"success": true, "data": {"upload_id": "550e8400-e29b-41d4-a716-446655440000",
                    "status": "processing"}}""");
            String id = made.data().path("upload_id").asString();
            ann.awaitProcessed(id);
            Api.Answer status =
                    ann.api().get("/api/v1/uploads/" + id + "/status").expect(200);
            shape(status, """
                    {"success": true, "data": {"status": "completed", "progress": 100}}""");
            assertThat(status.data().path("status").asString()).isEqualTo("completed");
        }
    }

    private static void shape(Api.Answer answer, String example) {
        DocumentedJson.assertShape(answer.text(), example);
    }
}
