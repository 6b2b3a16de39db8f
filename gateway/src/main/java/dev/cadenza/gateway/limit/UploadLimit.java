package dev.cadenza.gateway.limit;

import dev.cadenza.gateway.identity.Identity;
import dev.cadenza.gateway.route.Limit;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.platform.web.security.CallerArgumentResolver;
import java.time.Clock;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Uploads of one user, whichever way they come. Stands behind security, for it has to know who uploads. */
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
        return user(exchange)
                .flatMap(user -> counters.count("upload:" + user, settings.upload()))
                .flatMap(standing -> {
                    RateHeaders.show(exchange, standing);
                    return standing.fits() ? Mono.<Void>empty() : Mono.error(RateHeaders.exceeded(standing, clock));
                })
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private static Mono<UUID> user(ServerWebExchange exchange) {
        return Identity.of(exchange)
                .map(identity -> Mono.just(identity.user()))
                .orElseGet(() -> CallerArgumentResolver.of(exchange).map(caller -> caller.id()));
    }

    private static boolean isUpload(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.POST)
                && Row.of(exchange).filter(row -> row.limit() == Limit.UPLOAD).isPresent();
    }
}
