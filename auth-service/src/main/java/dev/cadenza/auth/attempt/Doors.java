package dev.cadenza.auth.attempt;

import java.time.Instant;
import java.util.Collection;
import reactor.core.publisher.Mono;

/** Where failed tries are counted, for all instances. */
public interface Doors {

    /** Until when the last of these doors is closed; empty where all are open. */
    Mono<Instant> closedUntil(Collection<String> doors, Instant now);

    /** Counts a failure; false where the door has closed meanwhile. */
    Mono<Boolean> failed(String door, Failures.Limits limits, Instant now);

    /** Forgets the failures at a door. */
    Mono<Void> clear(String door);

    /** Forgets doors that nobody failed at since. */
    Mono<Long> forget(Instant since);
}
