package dev.cadenza.playlist.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.playlist.PlaylistIT;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

class PlaylistControllerIT extends PlaylistIT {

    private final User ada = User.named("ada");
    private final User bob = User.named("bob");

    @Test
    void createsUpdatesListsAndDeletesAsDocumented() {
        String created = body(send(ada, HttpMethod.POST, "/api/v1/playlists", """
                        {"title":"My New Playlist","description":"A great playlist","is_public":true}""")
                .expectStatus()
                .isCreated());
        DocumentedJson.assertShape(created, """
                {"success":true,"data":{"playlist":{"id":"550e8400-e29b-41d4-a716-446655440000",
                "title":"My New Playlist","description":"A great playlist","is_public":true,"track_count":0,
                "created_at":"2025-01-01T00:00:00Z"}}}""");
        String path = "/api/v1/playlists/" + id(created);
        String updated =
                body(send(ada, HttpMethod.PUT, path, """
                        {"title":"Updated Playlist Title","description":"Updated description","is_public":false}""").expectStatus().isOk());
        DocumentedJson.assertShape(updated, """
                {"success":true,"data":{"playlist":{"id":"550e8400-e29b-41d4-a716-446655440000",
                "title":"Updated Playlist Title","description":"Updated description"}}}""");
        assertThat(JsonPath.<Boolean>read(updated, "$.data.playlist.is_public")).isFalse();
        DocumentedJson.assertShape(
                body(get(ada, "/api/v1/playlists?user_id=" + ada.id())
                        .expectStatus()
                        .isOk()),
                """
                {"success":true,"data":{"playlists":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                "title":"My Playlist","description":"A great playlist","is_public":true,"track_count":10,
                "follower_count":5,"created_at":"2025-01-01T00:00:00Z"}],
                "pagination":{"page":1,"limit":20,"total":50,"total_pages":3}}}""");
        send(ada, HttpMethod.DELETE, path, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.message")
                .isEqualTo("Playlist deleted successfully");
        get(ada, path).expectStatus().isNotFound();
        send(ada, HttpMethod.DELETE, path, null).expectStatus().isNotFound();
    }

    @Test
    void addsReordersAndRemovesTracksAsDocumented() {
        UUID one = track(ada, "One", true);
        UUID two = track(bob, "Two", true);
        String path = "/api/v1/playlists/" + create(ada, true);

        for (UUID track : List.of(one, two)) {
            send(ada, HttpMethod.POST, path + "/tracks", trackId(track))
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data.message")
                    .isEqualTo("Track added to playlist");
        }
        String details = body(get(bob, path).expectStatus().isOk());
        DocumentedJson.assertShape(details, """
                {"success":true,"data":{"playlist":{"id":"550e8400-e29b-41d4-a716-446655440000",
                "title":"My Playlist","description":"A great playlist","is_public":true,"track_count":10,
                "tracks":[{"id":"660e8400-e29b-41d4-a716-446655440001","title":"Track 1","position":1}],
                "created_at":"2025-01-01T00:00:00Z"}}}""");
        assertThat(JsonPath.<List<String>>read(details, "$.data.playlist.tracks[*].title"))
                .containsExactly("One", "Two");
        assertThat(JsonPath.<List<Integer>>read(details, "$.data.playlist.tracks[*].position"))
                .containsExactly(1, 2);
        send(ada, HttpMethod.PUT, path + "/tracks/reorder", "{\"track_ids\":[\"" + two + "\",\"" + one + "\"]}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.message")
                .isEqualTo("Tracks reordered successfully");
        assertThat(titles(ada, path)).containsExactly("Two", "One");
        send(ada, HttpMethod.DELETE, path + "/tracks/" + two, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.message")
                .isEqualTo("Track removed from playlist");
        assertThat(titles(ada, path)).containsExactly("One");
    }

    @Test
    void aPrivatePlaylistIsItsOwnersAlone() {
        UUID track = track(ada, "One", true);
        String path = "/api/v1/playlists/" + create(ada, false);

        get(ada, path).expectStatus().isOk();
        get(bob, path).expectStatus().isNotFound();
        send(bob, HttpMethod.PUT, path, "{\"title\":\"x\"}").expectStatus().isNotFound();
        send(bob, HttpMethod.DELETE, path, null).expectStatus().isNotFound();
        send(bob, HttpMethod.POST, path + "/tracks", trackId(track))
                .expectStatus()
                .isNotFound();
        send(bob, HttpMethod.DELETE, path + "/tracks/" + track, null)
                .expectStatus()
                .isNotFound();
        send(bob, HttpMethod.PUT, path + "/tracks/reorder", "{\"track_ids\":[]}")
                .expectStatus()
                .isNotFound();
        assertThat(total(bob, ada)).isZero();
        assertThat(total(ada, ada)).isEqualTo(1);
    }

    @Test
    void aPublicPlaylistIsForAllToSeeAndForItsOwnerToChange() {
        UUID track = track(ada, "One", true);
        String path = "/api/v1/playlists/" + create(ada, true);

        get(bob, path).expectStatus().isOk();
        assertThat(total(bob, ada)).isEqualTo(1);
        send(bob, HttpMethod.PUT, path, "{\"title\":\"x\"}").expectStatus().isForbidden();
        send(bob, HttpMethod.DELETE, path, null).expectStatus().isForbidden();
        send(bob, HttpMethod.POST, path + "/tracks", trackId(track))
                .expectStatus()
                .isForbidden();
        send(bob, HttpMethod.DELETE, path + "/tracks/" + track, null)
                .expectStatus()
                .isForbidden();
        send(bob, HttpMethod.PUT, path + "/tracks/reorder", "{\"track_ids\":[]}")
                .expectStatus()
                .isForbidden();
        client.get().uri(path).exchange().expectStatus().isUnauthorized();
        client.get().uri("/api/v1/playlists").exchange().expectStatus().isUnauthorized();
        client.delete().uri(path).exchange().expectStatus().isUnauthorized();
    }

    @Test
    void somebodyElsesPrivateTrackCannotBeAddedAndIsNotShown() {
        UUID hidden = track(bob, "Hidden", false);
        UUID own = track(ada, "Own", false);
        String path = "/api/v1/playlists/" + create(ada, true);

        send(ada, HttpMethod.POST, path + "/tracks", trackId(hidden))
                .expectStatus()
                .isNotFound();
        send(ada, HttpMethod.POST, path + "/tracks", trackId(UUID.randomUUID()))
                .expectStatus()
                .isNotFound();
        send(ada, HttpMethod.POST, path + "/tracks", trackId(own))
                .expectStatus()
                .isOk();
        assertThat(titles(ada, path)).containsExactly("Own");
        assertThat(titles(bob, path)).isEmpty();
    }

    @Test
    void aTrackTwiceIsAConflict() {
        UUID track = track(ada, "One", true);
        String path = "/api/v1/playlists/" + create(ada, true);
        send(ada, HttpMethod.POST, path + "/tracks", trackId(track))
                .expectStatus()
                .isOk();

        send(ada, HttpMethod.POST, path + "/tracks", trackId(track))
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false)
                .jsonPath("$.error.code")
                .isEqualTo("PLAYLIST_TRACK_PRESENT");
    }

    @Test
    void pagesNewestFirst() {
        User carol = User.named("carol");
        List<String> ids = List.of(create(carol, true), create(carol, true), create(carol, true));

        String page = body(get(carol, "/api/v1/playlists?page=2&limit=2&user_id=" + carol.id()));

        assertThat(JsonPath.<List<String>>read(page, "$.data.playlists[*].id")).containsExactly(ids.getFirst());
        assertThat(JsonPath.<Map<String, Object>>read(page, "$.data.pagination"))
                .isEqualTo(Map.of("page", 2, "limit", 2, "total", 3, "total_pages", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"title\":\"\"}", "{\"title\":null,\"is_public\":true}"})
    void namesTheFieldThatIsWrong(String body) {
        send(ada, HttpMethod.POST, "/api/v1/playlists", body)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details[0].field")
                .isEqualTo("title");
    }

    @Test
    void namesTheTrackThatIsMissing() {
        String path = "/api/v1/playlists/" + create(ada, true);

        send(ada, HttpMethod.POST, path + "/tracks", "{}").expectStatus().isEqualTo(422);
        send(ada, HttpMethod.PUT, path + "/tracks/reorder", "{}").expectStatus().isEqualTo(422);
        send(ada, HttpMethod.PUT, path + "/tracks/reorder", "{\"track_ids\":[null]}")
                .expectStatus()
                .isEqualTo(422);
        send(ada, HttpMethod.DELETE, path + "/tracks/" + UUID.randomUUID(), null)
                .expectStatus()
                .isNotFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"title\":\"x\",\"is_public\":\"maybe\"}", "{\"title\":{}}"})
    void refusesWhatItCannotRead(String body) {
        send(ada, HttpMethod.POST, "/api/v1/playlists", body).expectStatus().isBadRequest();
    }

    @Test
    void refusesParametersThatAreNone() {
        get(ada, "/api/v1/playlists?page=x").expectStatus().isBadRequest();
        get(ada, "/api/v1/playlists?user_id=x").expectStatus().isBadRequest();
        get(ada, "/api/v1/playlists/x").expectStatus().isBadRequest();
        get(ada, "/api/v1/playlists?page=0").expectStatus().isBadRequest();
        get(ada, "/api/v1/playlists?limit=101").expectStatus().isBadRequest();
    }

    @Test
    void tellsTheOthersWhatHappened() {
        UUID track = track(ada, "One", true);
        String id = create(ada, true);
        String path = "/api/v1/playlists/" + id;
        send(ada, HttpMethod.POST, path + "/tracks", trackId(track))
                .expectStatus()
                .isOk();
        send(ada, HttpMethod.PUT, path, "{\"title\":\"Other\"}").expectStatus().isOk();
        send(ada, HttpMethod.DELETE, path + "/tracks/" + track, null)
                .expectStatus()
                .isOk();
        send(ada, HttpMethod.DELETE, path, null).expectStatus().isOk();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<JsonNode> events = Published.on(
                    "playlist.playlist.v1",
                    event -> event.get("data").get("playlistId").stringValue().equals(id));
            assertThat(events)
                    .extracting(event -> event.get("type").stringValue())
                    .containsExactly(
                            "playlist.playlist.created",
                            "playlist.playlist.track_added",
                            "playlist.playlist.updated",
                            "playlist.playlist.track_removed",
                            "playlist.playlist.deleted");
            JsonNode added = events.get(1).get("data");
            assertThat(added.get("changedTrackId").stringValue()).isEqualTo(track.toString());
            assertThat(added.get("trackIds").get(0).stringValue()).isEqualTo(track.toString());
            assertThat(added.get("ownerId").stringValue()).isEqualTo(ada.id().toString());
            assertThat(added.get("number").longValue()).isPositive();
            assertThat(events.get(3).get("data").get("trackIds")).isEmpty();
        });
    }

    private String create(User user, boolean isPublic) {
        return id(body(send(
                user, HttpMethod.POST, "/api/v1/playlists", "{\"title\":\"Mine\",\"is_public\":" + isPublic + "}")));
    }

    private WebTestClient.ResponseSpec send(
            User user, HttpMethod method, String path, @org.jspecify.annotations.Nullable String body) {
        WebTestClient.RequestBodySpec request = as(user).method(method).uri(path);
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
    }

    private WebTestClient.ResponseSpec get(User user, String path) {
        return as(user).get().uri(path).exchange();
    }

    private List<String> titles(User user, String path) {
        return JsonPath.read(body(get(user, path)), "$.data.playlist.tracks[*].title");
    }

    private int total(User viewer, User owner) {
        return JsonPath.read(body(get(viewer, "/api/v1/playlists?user_id=" + owner.id())), "$.data.pagination.total");
    }

    private static String trackId(UUID track) {
        return "{\"track_id\":\"" + track + "\"}";
    }

    private static String id(String created) {
        return JsonPath.read(created, "$.data.playlist.id");
    }
}
