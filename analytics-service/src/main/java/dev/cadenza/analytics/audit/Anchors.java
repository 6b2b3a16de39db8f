package dev.cadenza.analytics.audit;

import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Places that the chain has reached, written down from time to time. */
public interface Anchors {

    /** Writes one down; a repeat changes nothing. */
    Mono<Void> record(Anchor anchor, Instant at);

    /** The last one; empty where there is none. */
    Mono<Anchor> last();

    /** Those between two places, both included, in order. */
    Flux<Anchor> between(long first, long last);
}
