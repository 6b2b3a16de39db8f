package dev.cadenza.social.webhook;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Numbers about a user's webhooks. */
public final class CountDeliveries {

    private final Webhooks webhooks;
    private final Deliveries deliveries;

    public CountDeliveries(Webhooks webhooks, Deliveries deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /** How many webhooks there are, and what became of the deliveries that are still kept. */
    public Mono<Counts> count(UUID ownerId) {
        return Mono.zip(webhooks.count(ownerId), deliveries.count(ownerId), Counts::new);
    }

    /** Both numbers. */
    public record Counts(long webhooks, DeliveryCounts deliveries) {}
}
