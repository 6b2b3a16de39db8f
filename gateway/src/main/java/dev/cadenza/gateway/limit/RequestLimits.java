package dev.cadenza.gateway.limit;

import dev.cadenza.gateway.identity.Identity;
import dev.cadenza.gateway.route.Limit;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.platform.web.ClientOrigins;
import java.time.Clock;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Limits that need no token: of an API key, in every dialect, as it was agreed with its partner; and for the others of the
 * address, on {@code /api/v1} alone. Preflight requests never come here.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
public final class RequestLimits implements WebFilter {

    private static final String PREFIX = "/api/v1";

    private final Counters counters;
    private final LimitSettings settings;
    private final ClientOrigins origins;
    private final Clock clock;

    /** Counts with {@code counters}. */
    public RequestLimits(Counters counters, LimitSettings settings, ClientOrigins origins, Clock clock) {
        this.counters = counters;
        this.settings = settings;
        this.origins = origins;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!settings.enabled()) {
            return chain.filter(exchange);
        }
        Optional<Identity> identity = Identity.of(exchange).filter(found -> found.keyId() != null);
        if (identity.isPresent()) {
            return count(
                    exchange,
                    chain,
                    "key:" + identity.get().keyId(),
                    Rate.perMinute(identity.get().requestsPerMinute()));
        }
        if (!isLimited(exchange)) {
            return chain.filter(exchange);
        }
        String network = Network.of(origins.of(exchange).ip());
        WebFilterChain next =
                isSignIn(exchange) ? limited -> count(limited, chain, "sign-in:" + network, settings.signIn()) : chain;
        return count(exchange, next, "address:" + network, settings.address());
    }

    private Mono<Void> count(ServerWebExchange exchange, WebFilterChain chain, String counter, Rate rate) {
        if (rate.isUnlimited()) {
            return chain.filter(exchange);
        }
        return counters.count(counter, rate).flatMap(standing -> {
            RateHeaders.show(exchange, standing);
            return standing.fits() ? chain.filter(exchange) : Mono.error(RateHeaders.exceeded(standing, clock));
        });
    }

    private static boolean isLimited(ServerWebExchange exchange) {
        String path = Row.of(exchange)
                .map(Row::pattern)
                .orElseGet(() -> exchange.getRequest().getPath().value());
        return path.startsWith(PREFIX) && (path.length() == PREFIX.length() || path.charAt(PREFIX.length()) == '/');
    }

    private static boolean isSignIn(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.POST)
                && Row.of(exchange).filter(row -> row.limit() == Limit.SIGN_IN).isPresent();
    }
}
