package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Calls a webhook once, now, so that its owner sees whether it works; also one that is disabled. */
public final class TestWebhook {

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final WebhookSender sender;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public TestWebhook(
            Webhooks webhooks, Deliveries deliveries, WebhookSender sender, Clock clock, Supplier<UUID> ids) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.sender = sender;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The delivery, ended one way or the other; not tried again. Fails with {@link Failure.NotFound} when the webhook is
     * absent or somebody else's.
     */
    public Mono<Delivery> test(UUID id, UUID ownerId) {
        return FindWebhook.find(webhooks, id, ownerId).flatMap(this::send);
    }

    private Mono<Delivery> send(Webhook webhook) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Delivery delivery = Delivery.test(webhook, ids.get(), now);
        return sender.post(webhook.target(), SignedRequest.headers(webhook, delivery, now), delivery.body())
                .map(outcome -> delivery.afterTest(outcome, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .flatMap(ended -> deliveries.add(ended).thenReturn(ended));
    }
}
