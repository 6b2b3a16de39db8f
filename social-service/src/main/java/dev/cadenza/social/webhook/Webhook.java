package dev.cadenza.social.webhook;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that a user wants to be called when something happens to the user's things.
 *
 * @param url as the user gave it; checked when it was registered
 * @param events names out of {@link EventTypes}, or {@value EventTypes#ALL}; never empty
 * @param keys the current one first, then the former one as long as it signs
 * @param disabledAt when the endpoint said 410; null while it is called
 */
public record Webhook(
        UUID id,
        UUID ownerId,
        String url,
        List<String> events,
        List<SigningKey> keys,
        Instant createdAt,
        @Nullable Instant disabledAt) {

    // clocks of two services differ; an event of this much before the webhook still counts as after it
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    public Webhook {
        events = List.copyOf(events);
        keys = List.copyOf(keys);
    }

    /**
     * A new webhook.
     *
     * @param secret the client's own key; null to get a random one
     * @throws dev.cadenza.platform.core.FailureException naming every wrong field
     */
    public static Webhook register(
            UUID id,
            UUID ownerId,
            @Nullable String url,
            @Nullable List<@Nullable String> events,
            @Nullable String secret,
            AddressGuard guard,
            Instant now) {
        List<Violation> violations = new ArrayList<>();
        URI target = WebhookUrl.parse(url, guard, violations);
        List<String> wanted = wanted(events, violations);
        SigningKey key = secret == null ? SigningKey.generate() : chosen(secret, violations);
        if (target == null || key == null || !violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return new Webhook(id, ownerId, target.toString(), wanted, List.of(key), now, null);
    }

    /** The same webhook with a new key; the former one goes on signing for {@code overlap}. */
    public Webhook withNewKey(SigningKey fresh, Instant now, Duration overlap) {
        return new Webhook(
                id,
                ownerId,
                url,
                events,
                List.of(fresh, currentKey().endingAt(now.plus(overlap))),
                createdAt,
                disabledAt);
    }

    /** The same webhook, not called any more. */
    public Webhook disabled(Instant now) {
        return new Webhook(id, ownerId, url, events, keys, createdAt, now);
    }

    /** Where deliveries go. */
    public URI target() {
        return URI.create(url);
    }

    /** The key that clients verify with. */
    public SigningKey currentKey() {
        return keys.getFirst();
    }

    /** All keys that sign at {@code now}. */
    public List<SigningKey> keysAt(Instant now) {
        return keys.stream().filter(key -> key.signsAt(now)).toList();
    }

    /** Whether this webhook is to be told of something that happened at {@code at}. */
    public boolean wants(String type, Instant at) {
        return disabledAt == null
                && !at.isBefore(createdAt.minus(CLOCK_SKEW))
                && (events.contains(EventTypes.ALL) || events.contains(type));
    }

    private static @Nullable SigningKey chosen(String secret, List<Violation> violations) {
        try {
            return SigningKey.chosen(secret);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Invalid invalid) {
                violations.addAll(invalid.violations());
            }
            return null;
        }
    }

    private static List<String> wanted(@Nullable List<@Nullable String> events, List<Violation> violations) {
        if (events == null || events.isEmpty()) {
            violations.add(Violation.of("events", "Name at least one event."));
            return List.of();
        }
        LinkedHashSet<String> wanted = new LinkedHashSet<>();
        for (String event : events) {
            if (event != null && (event.equals(EventTypes.ALL) || EventTypes.isKnown(event))) {
                wanted.add(event);
            } else {
                violations.add(Violation.of(
                        "events", "Unknown event. Known are * and " + String.join(", ", EventTypes.names()) + "."));
                return List.of();
            }
        }
        return List.copyOf(wanted);
    }
}
