package dev.cadenza.platform.events;

import dev.cadenza.contracts.auth.v1.Revocation;
import dev.cadenza.platform.core.identity.RevocationListener;
import dev.cadenza.platform.core.identity.RevocationListener.Kind;
import dev.cadenza.platform.core.identity.Revocations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What auth-service took back, read from its topic into memory in every instance. The start waits until everything is
 * known where the broker is there; where it is away the service starts without, and hears of it later.
 */
final class RevocationTail implements Revocations, SmartLifecycle {

    static final String TOPIC = "auth.revocation.v1";

    private static final Logger LOG = LoggerFactory.getLogger(RevocationTail.class);
    private static final String ADDED = "auth.revocation.added";
    /** Tokens are accepted a little longer than they say, because clocks differ. */
    private static final Duration SKEW = Duration.ofSeconds(90);
    /** A topic that takes longer to read than this is broken. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(30);

    private final Map<String, Object> consumerProperties;
    private final RevocationSettings settings;
    private final List<RevocationListener> listeners;
    private final Clock clock;
    private final Map<Kind, Map<String, Instant>> revoked = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, Older>> older = new EnumMap<>(Kind.class);
    private @Nullable TopicTail tail;

    /** Tokens that were issued before a moment. */
    private record Older(Instant issuedBefore, Instant until) {

        Older and(Older other) {
            return new Older(later(issuedBefore, other.issuedBefore), later(until, other.until));
        }
    }

    RevocationTail(
            Map<String, Object> consumerProperties,
            RevocationSettings settings,
            Collection<RevocationListener> listeners,
            Clock clock) {
        this.consumerProperties = consumerProperties;
        this.settings = settings;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            revoked.put(kind, new ConcurrentHashMap<>());
            older.put(kind, new ConcurrentHashMap<>());
        }
    }

    @Override
    public boolean isRevoked(UUID user, @Nullable String session, @Nullable String key, Instant issuedAt) {
        Instant now = clock.instant();
        return holds(Kind.SESSION, session, issuedAt, now)
                || holds(Kind.KEY, key, issuedAt, now)
                || holds(Kind.USER, user.toString(), issuedAt, now);
    }

    private boolean holds(Kind kind, @Nullable String subject, Instant issuedAt, Instant now) {
        if (subject == null) {
            return false;
        }
        Instant until = of(revoked, kind).get(subject);
        Older meant = of(older, kind).get(subject);
        return until != null && now.isBefore(until)
                || meant != null && now.isBefore(meant.until()) && issuedAt.isBefore(meant.issuedBefore());
    }

    private static <T> Map<String, T> of(Map<Kind, Map<String, T>> known, Kind kind) {
        return Objects.requireNonNull(known.get(kind));
    }

    void take(ReceivedEvent event) {
        if (event.type().equals(ADDED)) {
            Revocation revocation = event.dataAs(Revocation.class);
            Stream.of(Kind.values())
                    .filter(kind -> kind.name().equalsIgnoreCase(revocation.kind()))
                    .findFirst()
                    .ifPresent(kind -> add(kind, revocation));
        }
    }

    private void add(Kind kind, Revocation revocation) {
        Instant until = revocation.until().plus(SKEW);
        if (clock.instant().isAfter(until)) {
            return;
        }
        Instant issuedBefore = revocation.issuedBefore();
        if (issuedBefore == null) {
            of(revoked, kind).merge(revocation.subject(), until, RevocationTail::later);
        } else {
            of(older, kind).merge(revocation.subject(), new Older(issuedBefore, until), Older::and);
        }
        listeners.forEach(listener -> listener.revoked(kind, revocation.subject()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Drops what concerns only tokens that have expired by themselves. */
    void forget() {
        Instant now = clock.instant();
        revoked.values().forEach(known -> known.values().removeIf(now::isAfter));
        older.values().forEach(known -> known.values().removeIf(meant -> now.isAfter(meant.until())));
    }

    /** How many revocations are known. */
    int size() {
        return Stream.concat(revoked.values().stream(), older.values().stream())
                .mapToInt(Map::size)
                .sum();
    }

    @Override
    public synchronized void start() {
        TopicTail started = new TopicTail(consumerProperties, Set.of(TOPIC), settings.age(), clock, this::take);
        tail = started;
        Thread.ofPlatform().daemon().name("revocations").start(started);
        try {
            if (!started.awaitReached(settings.patience()) || !started.awaitCaughtUp(LONGEST_READING)) {
                LOG.warn("starts before revocations are known");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        if (tail != null) {
            tail.stop();
            tail = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return tail != null;
    }

    /** After the topics are being made, before the web server. */
    @Override
    public int getPhase() {
        return 1;
    }
}
