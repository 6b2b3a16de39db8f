package dev.cadenza.platform.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Bears with a projection whose event is still on its way. What was made a moment ago in another service may not be
 * known here yet; an id tells its age (UUID version 7, RFC 9562), so only for ids of the last minute this waits, and 2 s
 * at most.
 */
public final class EventsUnderWay {

    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 20;

    private EventsUnderWay() {}

    /** What {@code lookUp} finds, asked again while it finds nothing and {@code id} is young; empty in the end. */
    public static <T> Mono<T> await(UUID id, Clock clock, Mono<T> lookUp) {
        return isYoung(id, clock)
                ? lookUp.repeatWhenEmpty(STEPS, empties -> empties.delayElements(STEP))
                        .onErrorResume(IllegalStateException.class, exhausted -> Mono.empty())
                : lookUp;
    }

    private static boolean isYoung(UUID id, Clock clock) {
        if (id.version() != 7) {
            return false;
        }
        Instant created = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        Duration age = Duration.between(created, clock.instant());
        return age.abs().compareTo(YOUNG) < 0;
    }
}
