package dev.cadenza.playlist.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.cadenza.contracts.social.v1.FollowChanged;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.playlist.PlaylistIT;
import dev.cadenza.playlist.playlist.ErasePlaylists;
import dev.cadenza.playlist.playlist.SettleTrack;
import dev.cadenza.playlist.track.Track;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Playlists that several people see, change, follow and find. */
class TogetherControllerIT extends PlaylistIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    private SettleTrack settleTrack;

    @Autowired
    private ErasePlaylists erasePlaylists;

    private final User ada = User.named("ada");

    @Test
    void collaboratorsAreInvitedListedChangedAndRemovedAsDocumented() {
        User bob = known("bob");
        String path = "/api/v1/playlists/" + create(ada, "Ours", false);
        get(bob, path).expectStatus().isNotFound();
        message(send(ada, HttpMethod.POST, path + "/collaborators", invitation(bob, "write")))
                .isEqualTo("Collaborator added successfully");
        // a repetition after a lost answer
        send(ada, HttpMethod.POST, path + "/collaborators", invitation(bob, "write"))
                .expectStatus()
                .isOk();
        send(ada, HttpMethod.POST, path + "/collaborators", invitation(bob, "read"))
                .expectStatus()
                .isEqualTo(409);
        String listed = body(get(bob, path + "/collaborators").expectStatus().isOk());
        DocumentedJson.assertShape(listed, """
                {"success":true,"data":{"collaborators":[{"id":"990e8400-e29b-41d4-a716-446655440004",
                "username":"collaborator","permission":"write","added_at":"2025-01-01T00:00:00Z"}]}}""");
        assertThat(JsonPath.<List<String>>read(listed, "$.data.collaborators[*].username"))
                .containsExactly("bob");
        message(send(ada, HttpMethod.PUT, path + "/collaborators/" + bob.id(), "{\"permission\":\"admin\"}"))
                .isEqualTo("Collaborator permission updated");
        assertThat(body(get(ada, path + "/collaborators"))).contains("\"admin\"");
        message(send(ada, HttpMethod.DELETE, path + "/collaborators/" + bob.id(), null))
                .isEqualTo("Collaborator removed successfully");
        get(bob, path).expectStatus().isNotFound();
        send(ada, HttpMethod.DELETE, path + "/collaborators/" + bob.id(), null)
                .expectStatus()
                .isNotFound();
    }

    @Test
    void eachPermissionAllowsWhatItSaysAndNoMore() {
        User reader = known("reader");
        User writer = known("writer");
        User admin = known("admin");
        users.store(new dev.cadenza.playlist.user.User(ada.id(), "ada"), 1).block();
        UUID track = track(ada, "Song", true);
        String path = "/api/v1/playlists/" + create(ada, "Ours", false);
        invite(path, reader, "read");
        invite(path, writer, "write");
        invite(path, admin, "admin");
        String add = "{\"track_id\":\"" + track + "\"}";
        get(reader, path).expectStatus().isOk();
        send(reader, HttpMethod.POST, path + "/tracks", add).expectStatus().isForbidden();
        send(writer, HttpMethod.POST, path + "/tracks", add).expectStatus().isOk();
        send(writer, HttpMethod.PUT, path, "{\"title\":\"x\"}").expectStatus().isForbidden();
        send(writer, HttpMethod.POST, path + "/share", null).expectStatus().isForbidden();
        send(writer, HttpMethod.POST, path + "/collaborators", invitation(known("carl"), "read"))
                .expectStatus()
                .isForbidden();
        send(admin, HttpMethod.PUT, path, "{\"title\":\"Renamed\"}")
                .expectStatus()
                .isOk();
        send(admin, HttpMethod.POST, path + "/collaborators", invitation(known("carl"), "read"))
                .expectStatus()
                .isOk();
        send(admin, HttpMethod.DELETE, path, null).expectStatus().isForbidden();
        for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.DELETE)) {
            send(admin, method, path + "/collaborators/" + ada.id(), "{\"permission\":\"read\"}")
                    .expectStatus()
                    .isEqualTo(409);
        }
        send(admin, HttpMethod.POST, path + "/collaborators", invitation(ada, "read"))
                .expectStatus()
                .isEqualTo(409);
        // everybody may leave
        send(reader, HttpMethod.DELETE, path + "/collaborators/" + reader.id(), null)
                .expectStatus()
                .isOk();
        get(reader, path).expectStatus().isNotFound();
        // those who work on it find it in their list
        assertThat(ids(get(writer, "/api/v1/playlists?user_id=" + ada.id()), "$.data.playlists[*].id"))
                .hasSize(1);
    }

    @Test
    void onlyWhoExistsIsInvitedAndOnlyWithAKnownPermission() {
        String path = "/api/v1/playlists/" + create(ada, "Ours", true) + "/collaborators";
        send(ada, HttpMethod.POST, path, "{\"user_id\":\"" + UUID.randomUUID() + "\",\"permission\":\"read\"}")
                .expectStatus()
                .isNotFound();
        send(ada, HttpMethod.POST, path, invitation(known("bob"), "owner"))
                .expectStatus()
                .isEqualTo(422);
        send(ada, HttpMethod.POST, path, "{\"permission\":\"read\"}")
                .expectStatus()
                .isEqualTo(422);
        get(User.named("stranger"), path).expectStatus().isForbidden();
    }

    @Test
    void aLinkOpensThePlaylistWithoutALoginUntilItIsRevoked() {
        User bob = User.named("bob");
        String path = "/api/v1/playlists/" + create(ada, "Ours", false);
        add(ada, path, track(ada, "Shown", true));
        add(ada, path, track(ada, "Hidden", false));
        String shared = body(
                send(ada, HttpMethod.POST, path + "/share", null).expectStatus().isOk());
        DocumentedJson.assertShape(shared, """
                {"success":true,"data":{"share_token":"abc123def456",
                "share_url":"https://veza.app/playlists/shared/abc123def456","expires_at":"2025-12-31T23:59:59Z"}}""");
        String address =
                URI.create(JsonPath.<String>read(shared, "$.data.share_url")).getPath();
        String again = body(send(ada, HttpMethod.POST, path + "/share", null));
        assertThat(JsonPath.<String>read(again, "$.data.share_token"))
                .isNotEqualTo(JsonPath.<String>read(shared, "$.data.share_token"));
        String opened = body(client.get().uri(address).exchange().expectStatus().isOk());
        assertThat(JsonPath.<List<String>>read(opened, "$.data.playlist.tracks[*].title"))
                .containsExactly("Shown");
        assertThat(JsonPath.<Integer>read(opened, "$.data.playlist.track_count"))
                .isEqualTo(1);
        client.get()
                .uri("/api/v1/playlists/shared/" + Ids.secret(24))
                .exchange()
                .expectStatus()
                .isNotFound();
        send(bob, HttpMethod.DELETE, path + "/share", null).expectStatus().isNotFound();
        send(ada, HttpMethod.DELETE, path + "/share", null).expectStatus().isOk();
        client.get().uri(address).exchange().expectStatus().isNotFound();
    }

    @Test
    void followersAreCountedOnceEach() {
        User bob = known("bob");
        User cleo = known("cleo");
        String id = create(ada, "Loved", true);
        String path = "/api/v1/playlists/" + id;
        assertThat(followers(send(bob, HttpMethod.POST, path + "/follow", null)))
                .isEqualTo(1);
        assertThat(followers(send(bob, HttpMethod.POST, path + "/follow", null)))
                .isEqualTo(1);
        assertThat(followers(send(cleo, HttpMethod.POST, path + "/follow", null)))
                .isEqualTo(2);
        assertThat(followers(send(bob, HttpMethod.DELETE, path + "/follow", null)))
                .isEqualTo(1);
        assertThat(followers(send(bob, HttpMethod.DELETE, path + "/follow", null)))
                .isEqualTo(1);
        assertThat(JsonPath.<List<Integer>>read(
                        body(get(bob, "/api/v1/playlists?user_id=" + ada.id())), "$.data.playlists[*].follower_count"))
                .containsExactly(1);
        send(ada, HttpMethod.POST, path + "/follow", null).expectStatus().isEqualTo(409);
        send(bob, HttpMethod.POST, "/api/v1/playlists/" + create(ada, "Mine", false) + "/follow", null)
                .expectStatus()
                .isNotFound();
        erasePlaylists.erase(cleo.id()).block();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                JsonPath.<Integer>read(body(get(bob, path)), "$.data.playlist.follower_count"))
                        .isZero());
    }

    @Test
    void searchFindsByBeginningsOfWordsWhatTheCallerMaySee() {
        User bob = User.named("bob");
        String word = "zy" + Long.toString(Math.abs(ada.id().getLeastSignificantBits()), 36);
        String open = create(ada, "Café " + word, true);
        String hidden = create(ada, "Cafe secret " + word, false);
        String found = body(get(bob, "/api/v1/playlists/search?q=cafe " + word.substring(0, 8)));
        DocumentedJson.assertShape(found, """
                {"success":true,"data":{"playlists":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                "title":"My Playlist","is_public":true}],"total":25,"page":1,"limit":20}}""");
        assertThat(JsonPath.<List<String>>read(found, "$.data.playlists[*].id")).containsExactly(open);
        assertThat(ids(get(ada, "/api/v1/playlists/search?q=" + word), "$.data.playlists[*].id"))
                .containsExactly(hidden, open);
        assertThat(ids(get(ada, "/api/v1/playlists/search?is_public=false&q=" + word), "$.data.playlists[*].id"))
                .containsExactly(hidden);
        assertThat(ids(
                        get(bob, "/api/v1/playlists/search?is_public=false&user_id=" + ada.id()),
                        "$.data.playlists[*].id"))
                .isEmpty();
        assertThat(ids(get(bob, "/api/v1/playlists/search?q=!!!"), "$.data.playlists[*].id"))
                .isEmpty();
        get(bob, "/api/v1/playlists/search?is_public=maybe").expectStatus().isBadRequest();
    }

    @Test
    void recommendsWhatSharesTracksGenresOrFollowedUsersAndNothingElse() {
        User fan = known("fan");
        String genre = "g" + UUID.randomUUID();
        Track liked = track(ada, "Liked", true, genre);
        add(fan, "/api/v1/playlists/" + create(fan, "Fan's", true), liked.id());
        User idol = known("idol");
        UUID follow = Ids.next();
        Published.event(
                "social.follow.v1",
                follow,
                1,
                "social.follow.followed",
                new FollowChanged(fan.id(), "fan", idol.id(), true, Instant.now()),
                Instant.now());
        String byTrack = create(ada, "Same track", true);
        add(ada, "/api/v1/playlists/" + byTrack, liked.id());
        String byGenre = create(ada, "Same genre", true);
        add(
                ada,
                "/api/v1/playlists/" + byGenre,
                track(ada, "Other", true, genre.toUpperCase(java.util.Locale.ROOT))
                        .id());
        String byUser = create(idol, "Of an idol", true);
        String hidden = create(ada, "Hidden", false);
        add(ada, "/api/v1/playlists/" + hidden, liked.id());
        create(ada, "Nothing in common", true);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(ids(get(fan, "/api/v1/playlists/recommendations"), "$.data.playlists[*].id"))
                                .containsExactly(byUser, byTrack, byGenre));
        DocumentedJson.assertShape(body(get(fan, "/api/v1/playlists/recommendations?limit=1")), """
                {"success":true,"data":{"playlists":[{"id":"550e8400-e29b-41d4-a716-446655440000",
                "title":"Recommended Playlist","is_public":true}]}}""");
        assertThat(ids(get(fan, "/api/v1/playlists/recommendations?limit=2"), "$.data.playlists[*].id"))
                .containsExactly(byUser, byTrack);
        send(fan, HttpMethod.POST, "/api/v1/playlists/" + byTrack + "/follow", null)
                .expectStatus()
                .isOk();
        assertThat(ids(get(fan, "/api/v1/playlists/recommendations"), "$.data.playlists[*].id"))
                .doesNotContain(byTrack);
        get(fan, "/api/v1/playlists/recommendations?limit=0").expectStatus().isBadRequest();
    }

    @Test
    void aStaleOrderIsRefusedWithTheOneThatThereIs() {
        String path = "/api/v1/playlists/" + create(ada, "Ours", true);
        UUID one = track(ada, "One", true);
        UUID two = track(ada, "Two", true);
        add(ada, path, one);
        add(ada, path, two);
        String version = JsonPath.read(body(get(ada, path)), "$.data.playlist.order_version");
        send(ada, HttpMethod.PUT, path + "/tracks/reorder", order(List.of(two, one), version))
                .expectStatus()
                .isOk();
        // somebody else has seen the order before that
        String refused = body(send(ada, HttpMethod.PUT, path + "/tracks/reorder", order(List.of(one, two), version))
                .expectStatus()
                .isEqualTo(409));
        assertThat(JsonPath.<String>read(refused, "$.error.code")).isEqualTo("PLAYLIST_ORDER_STALE");
        assertThat(JsonPath.<Boolean>read(refused, "$.success")).isFalse();
        assertThat(JsonPath.<List<String>>read(refused, "$.data.track_ids"))
                .containsExactly(two.toString(), one.toString());
        String current = JsonPath.read(refused, "$.data.order_version");
        send(ada, HttpMethod.PUT, path + "/tracks/reorder", order(List.of(one, two), current))
                .expectStatus()
                .isOk();
        // a track that came meanwhile is not put aside
        add(ada, path, track(ada, "Three", true));
        send(ada, HttpMethod.PUT, path + "/tracks/reorder", order(List.of(two, one), null))
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void aTrackThatBecomesPrivateIsItsOwnersUntilItIsPublicAgain() {
        User bob = known("bob");
        Track track = track(bob, "Bob's", true, null);
        String path = "/api/v1/playlists/" + create(ada, "Mixed", true);
        add(ada, path, track.id());
        become(track, false, 2);
        assertThat(count(ada, path)).isZero();
        assertThat(count(bob, path)).isEqualTo(1);
        become(track, true, 3);
        assertThat(count(ada, path)).isEqualTo(1);
    }

    @Test
    void nothingIsLostWhenTwentyWorkOnOnePlaylist() throws Exception {
        String path = "/api/v1/playlists/" + create(ada, "Ours", true);
        List<User> people = new ArrayList<>();
        List<UUID> kept = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 20; i++) {
            User one = known("p" + i);
            people.add(one);
            invite(path, one, "write");
        }
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (User one : people) {
                work.add(threads.submit(() -> {
                    UUID stays = track(one, "Stays", true);
                    UUID goes = track(one, "Goes", true);
                    add(one, path, stays);
                    add(one, path, goes);
                    List<String> seen = ids(get(one, path), "$.data.playlist.tracks[*].id");
                    List<UUID> turned =
                            new ArrayList<>(seen.stream().map(UUID::fromString).toList());
                    Collections.reverse(turned);
                    int status = send(one, HttpMethod.PUT, path + "/tracks/reorder", order(turned, null))
                            .returnResult(String.class)
                            .getStatus()
                            .value();
                    assertThat(status).isIn(200, 409);
                    send(one, HttpMethod.DELETE, path + "/tracks/" + goes, null)
                            .expectStatus()
                            .isOk();
                    kept.add(stays);
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        List<String> left = ids(get(ada, path), "$.data.playlist.tracks[*].id");
        assertThat(left).hasSize(20).hasSize(new HashSet<>(left).size());
        assertThat(left)
                .containsExactlyInAnyOrderElementsOf(
                        kept.stream().map(UUID::toString).toList());
    }

    private void become(Track track, boolean isPublic, long seq) {
        tracks.store(
                        new Track(
                                track.id(),
                                track.number(),
                                track.ownerId(),
                                track.ownerUsername(),
                                track.title(),
                                track.artist(),
                                null,
                                track.durationSeconds(),
                                isPublic),
                        seq)
                .block();
        settleTrack.settle(track.id()).block();
    }

    private int count(User user, String path) {
        String playlist = body(get(user, path));
        int count = JsonPath.read(playlist, "$.data.playlist.track_count");
        assertThat(JsonPath.<List<String>>read(playlist, "$.data.playlist.tracks[*].id"))
                .hasSize(count);
        return count;
    }

    private String create(User user, String title, boolean isPublic) {
        return JsonPath.read(
                body(send(
                        user,
                        HttpMethod.POST,
                        "/api/v1/playlists",
                        "{\"title\":\"" + title + "\",\"is_public\":" + isPublic + "}")),
                "$.data.playlist.id");
    }

    private void add(User user, String path, UUID track) {
        send(user, HttpMethod.POST, path + "/tracks", "{\"track_id\":\"" + track + "\"}")
                .expectStatus()
                .isOk();
    }

    private void invite(String path, User user, String permission) {
        send(ada, HttpMethod.POST, path + "/collaborators", invitation(user, permission))
                .expectStatus()
                .isOk();
    }

    private static String invitation(User user, String permission) {
        return "{\"user_id\":\"" + user.id() + "\",\"permission\":\"" + permission + "\"}";
    }

    private static String order(List<UUID> tracks, @Nullable String version) {
        String ids =
                String.join(",", tracks.stream().map(id -> "\"" + id + "\"").toList());
        return "{\"track_ids\":[" + ids + "]" + (version == null ? "" : ",\"order_version\":\"" + version + "\"") + "}";
    }

    private static int followers(WebTestClient.ResponseSpec answer) {
        return JsonPath.read(body(answer.expectStatus().isOk()), "$.data.follower_count");
    }

    private static List<String> ids(WebTestClient.ResponseSpec answer, String where) {
        return JsonPath.read(body(answer.expectStatus().isOk()), where);
    }

    private static org.assertj.core.api.AbstractStringAssert<?> message(WebTestClient.ResponseSpec answer) {
        return assertThat(JsonPath.<String>read(body(answer.expectStatus().isOk()), "$.data.message"));
    }

    private WebTestClient.ResponseSpec send(User user, HttpMethod method, String path, @Nullable String body) {
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
}
