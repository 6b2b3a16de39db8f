package dev.cadenza.social.webhook;

import java.util.UUID;
import reactor.core.publisher.Flux;

/** A user's webhooks. */
public final class ListWebhooks {

    private final Webhooks webhooks;

    public ListWebhooks(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** Newest first. */
    public Flux<Webhook> list(UUID ownerId) {
        return webhooks.of(ownerId);
    }
}
