package dev.cadenza.auth.token;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an API key or a browser session is exchanged for.
 *
 * @param token a JWT of this platform's own issuer
 * @param session id of the browser session; null for a key
 * @param csrfToken what unsafe requests of the browser session must repeat; null for a key
 * @param keyId null for a session
 * @param scopes null for a session
 * @param requestsPerMinute null for a session
 */
public record InternalToken(
        String token,
        Instant expiresAt,
        UUID user,
        @Nullable String session,
        @Nullable String csrfToken,
        @Nullable String keyId,
        @Nullable List<String> scopes,
        @Nullable Integer requestsPerMinute) {

    @Override
    public String toString() {
        return "InternalToken[" + user + "]";
    }
}
