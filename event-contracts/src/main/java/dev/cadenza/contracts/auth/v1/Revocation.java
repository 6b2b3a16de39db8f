package dev.cadenza.contracts.auth.v1;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that hold no longer although they have not expired.
 *
 * @param kind what is revoked: {@code session}, {@code user} or {@code key}; unknown ones are ignored
 * @param subject the session's {@code sid}, the user's UUID, the API key's id
 * @param issuedBefore only tokens issued before this moment are meant, as after a key was rotated; null for all
 * @param until when the last token concerned has expired by itself, so that the revocation may be forgotten
 */
public record Revocation(
        String kind, String subject, @Nullable Instant issuedBefore, Instant until) {}
