package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Gives a webhook a new key; for a while deliveries carry the signatures of both. */
public final class RegenerateKey {

    private final Webhooks webhooks;
    private final WebhookSettings settings;
    private final Clock clock;

    public RegenerateKey(Webhooks webhooks, WebhookSettings settings, Clock clock) {
        this.webhooks = webhooks;
        this.settings = settings;
        this.clock = clock;
    }

    /** The new key; fails with {@link Failure.NotFound} when the webhook is absent or somebody else's. */
    public Mono<SigningKey> regenerate(UUID id, UUID ownerId) {
        SigningKey fresh = SigningKey.generate();
        return FindWebhook.find(webhooks, id, ownerId)
                .flatMap(found -> webhooks.change(
                        id,
                        webhook -> webhook.withNewKey(
                                fresh, clock.instant().truncatedTo(ChronoUnit.MILLIS), settings.keyOverlap())))
                .map(Webhook::currentKey)
                .switchIfEmpty(FindWebhook.absent());
    }
}
