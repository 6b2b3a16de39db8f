package dev.cadenza.gateway.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who an API key or a browser session stands for, as auth-service says.
 *
 * @param token goes to the services in its place
 * @param session the browser session's id; null for a key
 * @param csrfToken what a page of ours knows and no other; null for a key
 * @param keyId null for a session
 * @param scopes of a key; empty for a session
 * @param requestsPerMinute that a key may make; 0 for a session
 */
public record Identity(
        String token,
        UUID user,
        @Nullable String session,
        @Nullable String csrfToken,
        @Nullable String keyId,
        Set<String> scopes,
        int requestsPerMinute,
        Instant issuedAt,
        Instant expiresAt) {

    private static final String ATTRIBUTE = Identity.class.getName();

    /** Who sent this request with a key or a cookie; empty for tokens and for nobody. */
    public static Optional<Identity> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    void in(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    @Override
    public String toString() {
        return "Identity[user=" + user + ", session=" + session + ", keyId=" + keyId + "]";
    }
}
