package dev.cadenza.gateway.identity;

import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A token that is sent must hold, on every route; which routes need one is the services' business, and they look at it
 * again. In place of Spring Security's chain of filters, of which the gateway would need this alone.
 */
@Order(-100)
public final class VerifyToken implements WebFilter {

    private static final String CALLER = Caller.class.getName();
    private static final String SCHEME = "bearer";

    private final Tokens tokens;
    private final DataSize longest;

    /**
     * Asks {@code tokens}.
     *
     * @param longest a longer one is refused unread
     */
    public VerifyToken(Tokens tokens, DataSize longest) {
        this.tokens = tokens;
        this.longest = longest;
    }

    /** Whom the request's token names; null for nobody. */
    public static @Nullable Caller caller(ServerWebExchange exchange) {
        return exchange.getAttribute(CALLER);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        List<String> sent = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (sent.isEmpty()) {
            return chain.filter(exchange);
        }
        if (sent.stream().anyMatch(value -> value.length() > longest.toBytes())) {
            return Mono.error(new InvalidBearerTokenException("The token is too long."));
        }
        String authorization = sent.getFirst();
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return chain.filter(exchange);
        }
        if (authorization.length() <= SCHEME.length() || authorization.charAt(SCHEME.length()) != ' ') {
            return Mono.error(new InvalidBearerTokenException("The token is malformed."));
        }
        return tokens.caller(authorization.substring(SCHEME.length() + 1)).flatMap(found -> {
            // a token that names nobody: the service says what that means
            found.ifPresent(caller -> exchange.getAttributes().put(CALLER, caller));
            return chain.filter(exchange);
        });
    }
}
