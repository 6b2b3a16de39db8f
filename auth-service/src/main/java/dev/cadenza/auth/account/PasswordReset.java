package dev.cadenza.auth.account;

import java.time.Instant;

/**
 * The owner has forgotten the password and was sent a token.
 *
 * @param tokenHash of the token, which itself is stored nowhere
 * @param used whether it has done what it is for; kept, so that the same request cannot bring it back
 */
public record PasswordReset(String tokenHash, Instant expiresAt, boolean used) {

    boolean accepts(String hash, Instant now) {
        return !used && tokenHash.equals(hash) && expiresAt.isAfter(now);
    }
}
