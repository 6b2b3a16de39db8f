package dev.cadenza.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.platform.testing.DocumentedJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every documented example of playlists in veza and audionova, key by key, through the gateway. */
class PlaylistsConformanceE2E {

    private final Platform platform = Platform.get();
    private final Account ann = Account.register(platform);
    private final Account bob = Account.register(platform);

    @Test
    void everyRowOfTheseGroupsHasACase() throws IOException {
        RowCoverage.check(PlaylistsConformanceE2E.class, "/playlists-rows.txt");
    }

    @Nested
    class Veza {

        @Test
        @Row({
            "veza POST /api/v1/playlists",
            "veza GET /api/v1/playlists",
            "veza GET /api/v1/playlists/search",
            "veza GET /api/v1/playlists/{id}",
            "veza PUT /api/v1/playlists/{id}",
            "veza DELETE /api/v1/playlists/{id}",
            "veza POST /api/v1/playlists/{id}/tracks",
            "veza DELETE /api/v1/playlists/{id}/tracks/{track_id}",
            "veza PUT /api/v1/playlists/{id}/tracks/reorder"
        })
        void aPlaylistFromCreationToDeletion() {
            String word = "w" + UUID.randomUUID().toString().replace("-", "");
            Api.Answer made = ann.api()
                    .post(
                            "/api/v1/playlists",
                            Map.of("title", "My " + word, "description", "A great playlist", "is_public", true))
                    .expect(201);
            shape(made, """
                    {"success":true,"data":{"playlist":{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "title":"My New Playlist","description":"A great playlist","is_public":true,"track_count":0,
                    "created_at":"2025-01-01T00:00:00Z"}}}""");
            String path = "/api/v1/playlists/"
                    + made.data().path("playlist").path("id").asString();
            String one = ann.uploadedTrack(Sounds.song(0.5), "One " + word);
            String two = ann.uploadedTrack(Sounds.song(0.5), "Two " + word);
            for (String track : List.of(one, two)) {
                message(
                        ann.api()
                                .post(path + "/tracks", Map.of("track_id", track))
                                .expect(200),
                        "Track added to playlist");
            }
            message(
                    ann.api()
                            .put(path + "/tracks/reorder", Map.of("track_ids", List.of(two, one)))
                            .expect(200),
                    "Tracks reordered successfully");
            Api.Answer stale = ann.api()
                    .put(path + "/tracks/reorder", Map.of("track_ids", List.of(one)))
                    .expect(409);
            assertThat(stale.json().path("data").path("track_ids").get(0).asString())
                    .isEqualTo(two);
            Api.Answer details = bob.api().get(path).expect(200);
            shape(details, """
                    {"success":true,"data":{"playlist":{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "title":"My Playlist","description":"A great playlist","is_public":true,"track_count":10,
                    "tracks":[{"id":"660e8400-e29b-41d4-a716-446655440001","title":"Track 1","position":1}],
                    "created_at":"2025-01-01T00:00:00Z"}}}""");
            shape(
                    bob.api()
                            .get("/api/v1/playlists?page=1&limit=20&user_id=" + ann.id())
                            .expect(200),
                    """
                    {"success":true,"data":{"playlists":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "title":"My Playlist","description":"A great playlist","is_public":true,"track_count":10,
                    "follower_count":5,"created_at":"2025-01-01T00:00:00Z"}],
                    "pagination":{"page":1,"limit":20,"total":50,"total_pages":3}}}""");
            shape(
                    bob.api()
                            .get("/api/v1/playlists/search?is_public=true&q=" + word)
                            .expect(200),
                    """
                    {"success":true,"data":{"playlists":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "title":"My Playlist","is_public":true}],"total":25,"page":1,"limit":20}}""");
            message(ann.api().delete(path + "/tracks/" + one).expect(200), "Track removed from playlist");
            shape(
                    ann.api()
                            .put(path, Map.of("title", "Updated", "description", "Updated", "is_public", false))
                            .expect(200),
                    """
                    {"success":true,"data":{"playlist":{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "title":"Updated Playlist Title","description":"Updated description"}}}""");
            bob.api().get(path).expect(404);
            message(ann.api().delete(path).expect(200), "Playlist deleted successfully");
            ann.api().get(path).expect(404);
        }

        @Test
        @Row({
            "veza GET /api/v1/playlists/recommendations",
            "veza POST /api/v1/playlists/{id}/collaborators",
            "veza GET /api/v1/playlists/{id}/collaborators",
            "veza PUT /api/v1/playlists/{id}/collaborators/{userId}",
            "veza DELETE /api/v1/playlists/{id}/collaborators/{userId}",
            "veza POST /api/v1/playlists/{id}/share"
        })
        void aPlaylistWithOthers() {
            String track = ann.uploadedTrack(Sounds.song(0.5), "Shared " + UUID.randomUUID());
            String path = playlist(ann, "Ours", track);
            Account carl = Account.register(platform);
            playlist(carl, "Carl's", track);
            shape(carl.api().get("/api/v1/playlists/recommendations?limit=5").expect(200), """
                    {"success":true,"data":{"playlists":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                    "title":"Recommended Playlist","is_public":true}]}}""");
            ann.api().put(path, Map.of("is_public", false)).expect(200);

            message(
                    ann.api()
                            .post(path + "/collaborators", Map.of("user_id", bob.id(), "permission", "write"))
                            .expect(200),
                    "Collaborator added successfully");
            shape(bob.api().get(path + "/collaborators").expect(200), """
                    {"success":true,"data":{"collaborators":[{"id":"990e8400-e29b-41d4-a716-446655440004",
                    "username":"collaborator","permission":"write","added_at":"2025-01-01T00:00:00Z"}]}}""");
            String bobs = path + "/collaborators/" + bob.id();
            message(ann.api().put(bobs, Map.of("permission", "admin")).expect(200), "Collaborator permission updated");
            Api.Answer shared = bob.api().post(path + "/share", Map.of()).expect(200);
            shape(shared, """
                    {"success":true,"data":{"share_token":"abc123def456",
                    "share_url":"https://veza.app/playlists/shared/abc123def456","expires_at":"2025-12-31T23:59:59Z"}}""");
            String page = URI.create(shared.data().path("share_url").asString()).getPath();
            assertThat(platform.anonymous()
                            .get(page)
                            .expect(200)
                            .data()
                            .path("playlist")
                            .path("tracks"))
                    .hasSize(1);
            message(ann.api().delete(bobs).expect(200), "Collaborator removed successfully");
            bob.api().get(path).expect(404);
            ann.api().delete(path + "/share").expect(200);
            platform.anonymous().get(page).expect(404);
        }

        private String playlist(Account owner, String title, String track) {
            String path = "/api/v1/playlists/"
                    + owner.api()
                            .post("/api/v1/playlists", Map.of("title", title))
                            .expect(201)
                            .data()
                            .path("playlist")
                            .path("id")
                            .asString();
            owner.api().post(path + "/tracks", Map.of("track_id", track)).expect(200);
            return path;
        }

        private void message(Api.Answer answer, String text) {
            assertThat(answer.data().path("message").asString()).isEqualTo(text);
        }
    }

    @Nested
    class Audionova {

        private static final String ONE = """
                {"id":3,"name":"Evening Vibes","is_public":true,
                "cover_image":"http://localhost:8000/media/covers/x.png","created_at":"2025-05-30T09:21:19.019503Z"}""";

        @Test
        @Row({
            "audionova GET /api/public-playlists/",
            "audionova POST /api/playlists/",
            "audionova GET /api/playlists/",
            "audionova GET /api/playlists/{id}/",
            "audionova PUT /api/playlists/{id}/",
            "audionova PATCH /api/playlists/{id}/",
            "audionova DELETE /api/playlists/{id}/"
        })
        void aPlaylistFromCreationToDeletion() throws IOException {
            ByteArrayOutputStream picture = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", picture);
            Api.Answer made = ann.api()
                    .upload(
                            "/api/playlists/",
                            "cover_image",
                            "cover.png",
                            picture.toByteArray(),
                            Map.of("name", "Evening Vibes", "is_public", "true"))
                    .expect(201);
            shape(made, ONE);
            String cover =
                    URI.create(made.json().path("cover_image").asString()).getPath();
            assertThat(platform.anonymous().get(cover).expect(200).header("Content-Type"))
                    .startsWith("image/");
            String path = "/api/playlists/" + made.json().path("id").asLong() + "/";
            shape(ann.api().get(path).expect(200), ONE);
            shape(
                    ann.api().get("/api/playlists/").expect(200),
                    "{\"count\":1,\"next\":null,\"previous\":null,\"results\":[" + ONE + "]}");
            Api.Answer everybodys =
                    platform.anonymous().get("/api/public-playlists/").expect(200);
            assertThat(everybodys.json().path("count").asLong()).isPositive();
            shape(ann.api().put(path, Map.of("name", "New Title")).expect(200), """
                    {"id":2,"name":"New Title","is_public":false,"created_at":"2025-05-30T05:16:03.440708Z"}""");
            Api.Answer patched =
                    ann.api().patch(path, Map.of("title", "By title")).expect(200);
            assertThat(patched.json().path("name").asString()).isEqualTo("By title");
            assertThat(ann.api()
                            .post("/api/playlists/", Map.of("name", "By title"))
                            .expect(400)
                            .json()
                            .path("name")
                            .get(0)
                            .asString())
                    .isEqualTo("playlist with this name already exists.");
            bob.api().delete(path).expect(403);
            ann.api().delete(path).expect(204);
            ann.api().get(path).expect(404);
        }

        @Test
        @Row({
            "audionova POST /api/playlist-songs/",
            "audionova GET /api/playlist-songs/",
            "audionova PUT /api/playlist-songs/{id}/",
            "audionova PATCH /api/playlist-songs/{id}/",
            "audionova DELETE /api/playlist-songs/{id}/",
            "audionova GET /api/playlist/{id}/"
        })
        void songsInPlaylists() {
            String relation = "{\"id\":1,\"playlist\":\"clam\",\"song\":\"clam lo-fi beat\"}";
            String first = "beat " + UUID.randomUUID();
            String second = "beat " + UUID.randomUUID();
            ann.uploadedTrack(Sounds.song(0.5), first);
            ann.uploadedTrack(Sounds.song(0.5), second);
            long clam = ann.api()
                    .post("/api/playlists/", Map.of("name", "clam"))
                    .expect(201)
                    .json()
                    .path("id")
                    .asLong();
            Api.Answer made = ann.api()
                    .post("/api/playlist-songs/", Map.of("playlist", "clam", "song", first))
                    .expect(201);
            shape(made, relation);
            shape(
                    ann.api().get("/api/playlist-songs/").expect(200),
                    "{\"count\":1,\"next\":null,\"previous\":null,\"results\":[" + relation + "]}");
            String path = "/api/playlist-songs/" + made.json().path("id").asLong() + "/";
            shape(
                    ann.api()
                            .put(path, Map.of("playlist", "clam", "song", second))
                            .expect(200),
                    relation);
            shape(ann.api().patch(path, Map.of("song", first)).expect(200), relation);
            Api.Answer details =
                    platform.anonymous().get("/api/playlist/" + clam + "/").expect(200);
            assertThat(details.json().path("songs").get(0).path("title").asString())
                    .isEqualTo(first);
            bob.api().delete(path).expect(404);
            ann.api().delete(path).expect(204);
            ann.api().get(path).expect(404);
        }
    }

    private static void shape(Api.Answer answer, String example) {
        DocumentedJson.assertShape(answer.text(), example);
    }
}
