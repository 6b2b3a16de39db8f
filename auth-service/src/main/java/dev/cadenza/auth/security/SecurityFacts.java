package dev.cadenza.auth.security;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Where security facts are kept until they are published. */
public interface SecurityFacts {

    /** Stores a fact; it is published whatever happens to this process. */
    Mono<Void> add(UUID id, SecurityFact fact);

    /** Removes what was recorded before this moment and is published. */
    Mono<Long> forget(Instant before);
}
