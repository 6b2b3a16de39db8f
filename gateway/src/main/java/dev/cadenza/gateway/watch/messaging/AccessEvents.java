package dev.cadenza.gateway.watch.messaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cadenza.contracts.gateway.v1.AccessDenied;
import dev.cadenza.contracts.gateway.v1.SessionActive;
import dev.cadenza.gateway.limit.Network;
import dev.cadenza.gateway.watch.Visit;
import dev.cadenza.gateway.watch.WatchSettings;
import dev.cadenza.gateway.watch.Watcher;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.LossyEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/**
 * Tells of refused requests, which may be somebody who tries doors, and of sessions that are in use. As many as a minute
 * may have; what Kafka does not take is lost, and no request ever waits for it.
 */
public final class AccessEvents implements Watcher {

    /** Where they go. */
    public static final String TOPIC = "gateway.access.v1";

    private static final Set<Integer> DENIED = Set.of(401, 403, 404, 429);

    private final LossyEvents events;
    private final Budget budget;
    private final Cache<String, Boolean> active;
    private final Counter unreported;

    /** Counts in {@code meters} what is beyond the bounds. */
    public AccessEvents(LossyEvents events, WatchSettings settings, MeterRegistry meters, Clock clock) {
        this.events = events;
        this.budget = new Budget(settings.deniedByAddress(), settings.denied(), clock);
        this.active = Caffeine.newBuilder()
                .expireAfterWrite(settings.activeEvery())
                .maximumSize(settings.sessions())
                .executor(Runnable::run)
                .build();
        this.unreported = Counter.builder("gateway.denied.unreported")
                .description("Refused requests that were more than are reported in a minute")
                .register(meters);
    }

    @Override
    public void saw(Visit visit) {
        if (DENIED.contains(visit.status())) {
            denied(visit);
        }
        String session = visit.visitor().session();
        if (session != null && active.asMap().putIfAbsent(session, Boolean.TRUE) == null) {
            offer(
                    session,
                    "gateway.session.active",
                    new SessionActive(session, visit.ip(), visit.userAgent(), visit.at()));
        }
    }

    private void denied(Visit visit) {
        if (!budget.take(visit.ip())) {
            unreported.increment();
            return;
        }
        offer(
                Network.of(visit.ip()),
                "gateway.access.denied",
                new AccessDenied(
                        visit.visitor().user(),
                        visit.visitor().key(),
                        visit.ip(),
                        visit.userAgent(),
                        visit.method(),
                        visit.route(),
                        visit.path(),
                        visit.status(),
                        visit.at()));
    }

    private void offer(String key, String type, Object data) {
        events.offer(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)), new EventMessage(type, 1, data, TOPIC));
    }
}
