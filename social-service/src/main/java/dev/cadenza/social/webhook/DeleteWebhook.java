package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A user wants to be called no more; what waits to be delivered is dropped when its turn comes. */
public final class DeleteWebhook {

    private final Webhooks webhooks;

    public DeleteWebhook(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** Fails with {@link Failure.NotFound} when it is absent or somebody else's. */
    public Mono<Void> delete(UUID id, UUID ownerId) {
        return FindWebhook.find(webhooks, id, ownerId).flatMap(webhook -> webhooks.remove(webhook.id()));
    }
}
