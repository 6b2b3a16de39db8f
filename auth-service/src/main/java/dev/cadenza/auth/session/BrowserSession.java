package dev.cadenza.auth.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A browser's session.
 *
 * @param id shown to clients
 * @param sid what its tokens call it
 * @param cookie value of {@code sessionid}; known to the browser alone
 * @param csrfToken what unsafe requests repeat
 */
public record BrowserSession(UUID id, UUID account, String sid, String cookie, String csrfToken, Instant expiresAt) {

    @Override
    public String toString() {
        return "BrowserSession[" + account + "]";
    }
}
