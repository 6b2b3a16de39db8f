package dev.cadenza.social;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.social.comment.Comments;
import dev.cadenza.social.comment.EraseComments;
import dev.cadenza.social.comment.WriteComment;
import dev.cadenza.social.like.EraseLikes;
import dev.cadenza.social.like.LikeTrack;
import dev.cadenza.social.like.Likes;
import dev.cadenza.social.webhook.EraseWebhooks;
import dev.cadenza.social.webhook.Happening;
import dev.cadenza.social.webhook.QueueDeliveries;
import dev.cadenza.social.webhook.RegisterWebhook;
import dev.cadenza.social.webhook.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

class EraseAccountIT extends SocialIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Paging ALL = new Paging(0, 100);

    @Autowired
    private LikeTrack likeTrack;

    @Autowired
    private Likes likes;

    @Autowired
    private WriteComment writeComment;

    @Autowired
    private Comments comments;

    @Autowired
    private RegisterWebhook registerWebhook;

    @Autowired
    private QueueDeliveries queueDeliveries;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private EraseLikes eraseLikes;

    @Autowired
    private EraseComments eraseComments;

    @Autowired
    private EraseWebhooks eraseWebhooks;

    @Autowired
    private MongoDatabase database;

    private final User ann = User.named("ann");
    private final User bob = User.named("bob");

    @Test
    void whatADeletedAccountLikedSaidAndWantedToHearGoesAndNobodyElses() {
        UUID track = track(bob, true);
        for (User user : List.of(ann, bob)) {
            likeTrack.like(track, user.id(), user.username()).block();
            get(writeComment.write(track, user.id(), user.username(), "I am " + user.username()));
            hearing(user);
        }
        assertThat(deliveries(ann)).isEqualTo(1);

        Published.account(bob.id(), bob.username(), "updated", 1);
        Published.account(ann.id(), ann.username(), "deleted", 1);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(get(likes.ofTrack(track, ALL)).items())
                    .extracting(like -> like.userId())
                    .containsExactly(bob.id());
            assertThat(get(comments.onTrack(track, ALL)).items())
                    .extracting(comment -> comment.state().userId())
                    .containsExactly(bob.id());
            assertThat(get(webhooks.count(ann.id()))).isZero();
            assertThat(deliveries(ann)).isZero();
        });
        assertThat(get(webhooks.count(bob.id()))).isEqualTo(1);
        assertThat(deliveries(bob)).isEqualTo(1);
        for (String topic : List.of("social.like.v1", "social.comment.v1")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Published.on(
                                    topic,
                                    event -> event.path("data")
                                            .path("userId")
                                            .asString()
                                            .equals(ann.id().toString())))
                            .last()
                            .satisfies(event -> {
                                assertThat(event.path("type").asString())
                                        .isIn("social.like.unliked", "social.comment.deleted");
                                assertThat(event.path("data").path("username").asString())
                                        .isEmpty();
                            }));
        }
    }

    @Test
    void erasingMayBeRepeated() {
        UUID track = track(bob, true);
        likeTrack.like(track, ann.id(), "ann").block();
        get(writeComment.write(track, ann.id(), "ann", "Nice"));
        hearing(ann);
        for (int i = 0; i < 2; i++) {
            eraseLikes.erase(ann.id()).block();
            eraseComments.erase(ann.id()).block();
            eraseWebhooks.erase(ann.id()).block();
        }
        assertThat(get(likes.ofTrack(track, ALL)).items()).isEmpty();
        assertThat(get(comments.onTrack(track, ALL)).items()).isEmpty();
        assertThat(deliveries(ann)).isZero();
    }

    /** With something that was delivered, or waits. */
    private void hearing(User user) {
        get(registerWebhook.register(user.id(), "http://127.0.0.1:9/hook", List.of("track.deleted"), null));
        queueDeliveries
                .queue(new Happening(UUID.randomUUID(), user.id(), "track.deleted", clock.instant(), "{}"))
                .block();
    }

    private long deliveries(User user) {
        return get(
                Mono.from(database.getCollection("webhook_deliveries").countDocuments(eq("state.ownerId", user.id()))));
    }
}
