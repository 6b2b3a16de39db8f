package dev.cadenza.platform.core.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which tokens hold no longer although they have not expired. Answers at once, from memory. */
@FunctionalInterface
public interface Revocations {

    /**
     * Whether a token is revoked.
     *
     * @param session its {@code sid}; null where it has none
     * @param key id of the API key that it was made for; null for none
     */
    boolean isRevoked(UUID user, @Nullable String session, @Nullable String key, Instant issuedAt);
}
