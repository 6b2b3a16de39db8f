package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Finds a user's own webhook. */
final class FindWebhook {

    private FindWebhook() {}

    /** Fails with {@link Failure.NotFound} when it is absent or somebody else's. */
    static Mono<Webhook> find(Webhooks webhooks, UUID id, UUID ownerId) {
        return webhooks.find(id)
                .filter(webhook -> webhook.ownerId().equals(ownerId))
                .switchIfEmpty(absent());
    }

    static <T> Mono<T> absent() {
        return Mono.error(() -> Failure.notFound("webhook.not_found", "Webhook not found."));
    }
}
