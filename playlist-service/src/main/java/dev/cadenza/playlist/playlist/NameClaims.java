package dev.cadenza.playlist.playlist;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Titles that somebody is giving to a playlist at this moment. */
public interface NameClaims {

    /** False where somebody else has it until after {@code now}. */
    Mono<Boolean> take(UUID ownerId, String title, Instant now, Instant until);

    /** Gives back what was taken until then. */
    Mono<Void> release(UUID ownerId, String title, Instant until);
}
