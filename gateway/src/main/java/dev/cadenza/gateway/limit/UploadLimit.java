package dev.cadenza.gateway.limit;

import dev.cadenza.gateway.identity.Identity;
import dev.cadenza.gateway.identity.VerifyToken;
import dev.cadenza.gateway.route.Limit;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.platform.web.security.Caller;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Uploads of one user, whichever way they come. Stands behind {@link VerifyToken}, for it has to know who uploads. */
@Order(0)
public final class UploadLimit implements WebFilter {

    private final Counters counters;
    private final LimitSettings settings;
    private final Clock clock;

    /** Counts with {@code counters}. */
    public UploadLimit(Counters counters, LimitSettings settings, Clock clock) {
        this.counters = counters;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!isUpload(exchange) || !settings.enabled() || settings.upload().isUnlimited()) {
            return chain.filter(exchange);
        }
        UUID user = user(exchange);
        if (user == null) {
            return chain.filter(exchange);
        }
        return counters.count("upload:" + user, settings.upload()).flatMap(standing -> {
            RateHeaders.show(exchange, standing);
            return standing.fits() ? chain.filter(exchange) : Mono.error(RateHeaders.exceeded(standing, clock));
        });
    }

    private static @Nullable UUID user(ServerWebExchange exchange) {
        Identity identity = Identity.of(exchange).orElse(null);
        if (identity != null) {
            return identity.user();
        }
        Caller caller = VerifyToken.caller(exchange);
        return caller == null ? null : caller.id();
    }

    private static boolean isUpload(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.POST)
                && Row.of(exchange).filter(row -> row.limit() == Limit.UPLOAD).isPresent();
    }
}
