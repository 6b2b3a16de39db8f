package dev.cadenza.gateway.watch;

import dev.cadenza.gateway.identity.Identity;
import dev.cadenza.gateway.identity.VerifyToken;
import dev.cadenza.platform.web.security.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who sent a request, as far as it is known; everything is null for nobody.
 *
 * @param key id of an API key
 * @param session {@code sid} of a login or a browser session
 */
public record Visitor(
        @Nullable UUID user, @Nullable String key, @Nullable String session) {

    private static final Visitor NOBODY = new Visitor(null, null, null);

    static Visitor of(ServerWebExchange exchange) {
        Identity identity = Identity.of(exchange).orElse(null);
        if (identity != null) {
            return new Visitor(identity.user(), identity.keyId(), identity.session());
        }
        Caller caller = VerifyToken.caller(exchange);
        return caller == null ? NOBODY : new Visitor(caller.id(), caller.key(), caller.session());
    }
}
