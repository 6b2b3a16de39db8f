package dev.cadenza.social.webhook;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Something happened: a delivery for each webhook that wants to know. Harmless to repeat. */
public final class QueueDeliveries {

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final WebhookDispatcher dispatcher;
    private final WebhookSettings settings;
    private final Clock clock;

    public QueueDeliveries(
            Webhooks webhooks,
            Deliveries deliveries,
            WebhookDispatcher dispatcher,
            WebhookSettings settings,
            Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.clock = clock;
    }

    /** Completes when all of them are stored. */
    public Mono<Void> queue(Happening happening) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (happening.at().isBefore(now.minus(settings.keepFor()))) {
            // read again from an old topic: what was delivered then is no longer remembered
            return Mono.empty();
        }
        return webhooks.of(happening.ownerId())
                .filter(webhook -> webhook.wants(happening.type(), happening.at()))
                .concatMap(webhook -> deliveries.add(Delivery.queue(webhook, happening, now)))
                .then(Mono.fromRunnable(dispatcher::wake));
    }
}
