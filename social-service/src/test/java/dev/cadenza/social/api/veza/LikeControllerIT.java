package dev.cadenza.social.api.veza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.DocumentedJson;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.platform.testing.TestIssuer;
import dev.cadenza.social.SocialIT;
import dev.cadenza.social.track.Track;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LikeControllerIT extends SocialIT {

    private final User ada = User.named("ada");
    private final User bob = User.named("bob");

    @Test
    void likesUnlikesAndListsAsDocumented() {
        UUID track = track(ada, true);

        DocumentedJson.assertShape(
                body(as(bob).post()
                        .uri("/api/v1/tracks/{id}/like", track)
                        .exchange()
                        .expectStatus()
                        .isOk()),
                """
                {"success":true,"data":{"message":"Track liked"}}""");
        DocumentedJson.assertShape(
                body(client.get()
                        .uri("/api/v1/tracks/{id}/likes", track)
                        .exchange()
                        .expectStatus()
                        .isOk()),
                """
                {"success":true,"data":{"likes":[{"user_id":"550e8400-e29b-41d4-a716-446655440000",
                "username":"johndoe","liked_at":"2025-01-01T00:00:00Z"}],"total":42}}""");
        as(bob).delete()
                .uri("/api/v1/tracks/{id}/like", track)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(true)
                .jsonPath("$.data.message")
                .isEqualTo("Track unliked");
        assertThat(likers(track)).isEmpty();
    }

    @Test
    void likingTwiceIsOneLikeAndOneEvent() {
        UUID track = track(ada, true);
        for (int i = 0; i < 2; i++) {
            as(bob).post()
                    .uri("/api/v1/tracks/{id}/like", track)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        for (int i = 0; i < 2; i++) {
            as(bob).delete()
                    .uri("/api/v1/tracks/{id}/like", track)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        as(bob).post()
                .uri("/api/v1/tracks/{id}/like", track)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(likers(track)).containsExactly("bob");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<JsonNode> events = events(track);
            assertThat(events)
                    .extracting(event -> event.get("type").stringValue())
                    .containsExactly("social.like.liked", "social.like.unliked", "social.like.liked");
            assertThat(events)
                    .extracting(event -> event.get("seq").longValue())
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(events.getFirst().get("data").get("trackOwnerId").stringValue())
                    .isEqualTo(ada.id().toString());
        });
    }

    @Test
    void manyAtOnceAreStillOneLike() {
        UUID track = track(ada, true);
        List<Integer> statuses = Flux.fromStream(IntStream.range(0, 8).boxed())
                .flatMap(i -> Mono.fromCallable(() -> as(bob).post()
                                .uri("/api/v1/tracks/{id}/like", track)
                                .exchange()
                                .returnResult(Void.class)
                                .getStatus()
                                .value())
                        .subscribeOn(Schedulers.boundedElastic()))
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(statuses).containsOnly(200);
        assertThat(likers(track)).containsExactly("bob");
    }

    @Test
    void pagesThroughThoseWhoLike() {
        UUID track = track(ada, true);
        for (String name : List.of("u1", "u2", "u3")) {
            as(User.named(name)).post().uri("/api/v1/tracks/{id}/like", track).exchange();
        }

        client.get()
                .uri("/api/v1/tracks/{id}/likes?page=2&limit=2", track)
                .exchange()
                .expectBody()
                .jsonPath("$.data.likes.length()")
                .isEqualTo(1)
                .jsonPath("$.data.likes[0].username")
                .isEqualTo("u1")
                .jsonPath("$.data.total")
                .isEqualTo(3)
                .jsonPath("$.data.pagination.total_pages")
                .isEqualTo(2);
    }

    @Test
    void somebodyElsesPrivateTrackIsNotThere() {
        UUID track = track(ada, false);

        as(bob).post()
                .uri("/api/v1/tracks/{id}/like", track)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("TRACK_NOT_FOUND");
        as(bob).delete()
                .uri("/api/v1/tracks/{id}/like", track)
                .exchange()
                .expectStatus()
                .isNotFound();
        as(bob).get()
                .uri("/api/v1/tracks/{id}/likes", track)
                .exchange()
                .expectStatus()
                .isNotFound();
        client.get()
                .uri("/api/v1/tracks/{id}/likes", track)
                .exchange()
                .expectStatus()
                .isNotFound();
        as(ada).post()
                .uri("/api/v1/tracks/{id}/like", track)
                .exchange()
                .expectStatus()
                .isOk();
        as(ada).get()
                .uri("/api/v1/tracks/{id}/likes", track)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void refusesStrangersAndNonsense() {
        UUID track = track(ada, true);

        client.post()
                .uri("/api/v1/tracks/{id}/like", track)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.post()
                .uri("/api/v1/tracks/{id}/like", track)
                .headers(headers -> headers.setBearerAuth(TestIssuer.unsigned(bob.id(), "bob")))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        as(bob).post().uri("/api/v1/tracks/x/like").exchange().expectStatus().isBadRequest();
        as(bob).post()
                .uri("/api/v1/tracks/{id}/like", UUID.randomUUID())
                .exchange()
                .expectStatus()
                .isNotFound();
        for (String query : List.of("page=0", "limit=0", "limit=101", "page=1000001", "page=x", "limit=99999999999")) {
            client.get()
                    .uri("/api/v1/tracks/{id}/likes?" + query, track)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @Test
    void aTrackWhoseEventIsStillOnItsWayIsWaitedFor() {
        // as old as the service's clock says that nothing is
        UUID track = new UUID((clock.millis() << 16) | 0x7000, Ids.next().getLeastSignificantBits());
        tracks.store(new Track(track, ada.id(), true), 1)
                .delaySubscription(Duration.ofMillis(400))
                .subscribe();

        as(bob).post()
                .uri("/api/v1/tracks/{id}/like", track)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private List<String> likers(UUID track) {
        JsonNode answer = JsonMapper.shared()
                .readTree(body(
                        client.get().uri("/api/v1/tracks/{id}/likes", track).exchange()));
        return answer.get("data")
                .get("likes")
                .valueStream()
                .map(like -> like.get("username").stringValue())
                .toList();
    }

    private static List<JsonNode> events(UUID track) {
        return Published.on(
                "social.like.v1",
                event -> event.get("data").get("trackId").stringValue().equals(track.toString()));
    }
}
