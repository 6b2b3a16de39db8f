package dev.cadenza.social.webhook;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** One attempt at a claimed delivery, and what follows from its outcome. */
public final class DeliverWebhook {

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final WebhookSender sender;
    private final RetryLadder ladder;
    private final Clock clock;

    public DeliverWebhook(
            Webhooks webhooks, Deliveries deliveries, WebhookSender sender, RetryLadder ladder, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.sender = sender;
        this.ladder = ladder;
        this.clock = clock;
    }

    /** Completes when the outcome is stored; a crash before that means another attempt with the same id. */
    public Mono<Void> deliver(Delivery delivery) {
        return webhooks.find(delivery.webhookId())
                .filter(webhook -> webhook.disabledAt() == null)
                .flatMap(webhook -> attempt(webhook, delivery))
                .switchIfEmpty(Mono.defer(() -> deliveries.record(delivery.dropped(now()))))
                .then();
    }

    private Mono<Boolean> attempt(Webhook webhook, Delivery delivery) {
        return sender.post(webhook.target(), SignedRequest.headers(webhook, delivery, now()), delivery.body())
                .flatMap(outcome -> {
                    Instant ended = now();
                    Mono<Boolean> recorded = deliveries.record(delivery.after(outcome, ladder, ended));
                    return outcome instanceof Outcome.Answered answered && answered.isGone()
                            ? webhooks.change(webhook.id(), current -> current.disabled(ended))
                                    .then(recorded)
                            : recorded;
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
