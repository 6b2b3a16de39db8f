package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A user wants to be called. */
public final class RegisterWebhook {

    private final Webhooks webhooks;
    private final AddressGuard guard;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public RegisterWebhook(
            Webhooks webhooks, AddressGuard guard, WebhookSettings settings, Clock clock, Supplier<UUID> ids) {
        this.webhooks = webhooks;
        this.guard = guard;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Fails with {@link Failure.Invalid} naming every wrong field, with {@link Failure.Conflict} when the user has as
     * many as one may have.
     *
     * @param secret the user's own key; null to get a random one
     */
    public Mono<Webhook> register(
            UUID ownerId, @Nullable String url, @Nullable List<@Nullable String> events, @Nullable String secret) {
        return Mono.fromSupplier(() -> Webhook.register(
                        ids.get(),
                        ownerId,
                        url,
                        events,
                        secret,
                        guard,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .flatMap(webhook -> webhooks.count(ownerId)
                        .filter(count -> count < settings.maxPerOwner())
                        .switchIfEmpty(Mono.error(() -> Failure.conflict(
                                "webhook.too_many",
                                "You have " + settings.maxPerOwner() + " webhooks already; delete one first.")))
                        .then(webhooks.add(webhook))
                        .thenReturn(webhook));
    }
}
