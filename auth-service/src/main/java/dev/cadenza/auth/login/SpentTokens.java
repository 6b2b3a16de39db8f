package dev.cadenza.auth.login;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Refresh tokens that were used, by their hashes: each works once. */
public interface SpentTokens {

    /**
     * Takes a token for the one use that it is good for; of several who do so at once exactly one gets true.
     *
     * @param session that it belongs to
     * @param until when it would have expired
     */
    Mono<Boolean> spend(String hash, UUID session, Instant until);

    /** It was not used after all. */
    Mono<Void> release(String hash);

    /** The session of a token that was used; empty where it was not. */
    Mono<UUID> sessionOf(String hash);

    /** Forgets those that have expired by now. */
    Mono<Long> forget(Instant now);
}
