package dev.cadenza.gateway.limit;

import dev.cadenza.gateway.identity.WrongCredentials;
import dev.cadenza.platform.web.ClientOrigins;
import java.time.Clock;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** By address, in every dialect. */
public final class WrongCredentialLimit implements WrongCredentials {

    private static final String COUNTER = "wrong-credentials:";

    private final Counters counters;
    private final LimitSettings settings;
    private final ClientOrigins origins;
    private final Clock clock;

    /** Counts with {@code counters}. */
    public WrongCredentialLimit(Counters counters, LimitSettings settings, ClientOrigins origins, Clock clock) {
        this.counters = counters;
        this.settings = settings;
        this.origins = origins;
        this.clock = clock;
    }

    @Override
    public Mono<Void> admit(ServerWebExchange exchange) {
        if (isOff()) {
            return Mono.empty();
        }
        return counters.look(counter(exchange), settings.wrongCredentials())
                .flatMap(
                        standing -> standing.fits() ? Mono.empty() : Mono.error(RateHeaders.exceeded(standing, clock)));
    }

    @Override
    public Mono<Void> count(ServerWebExchange exchange) {
        return isOff()
                ? Mono.empty()
                : counters.count(counter(exchange), settings.wrongCredentials()).then();
    }

    private boolean isOff() {
        return !settings.enabled() || settings.wrongCredentials().isUnlimited();
    }

    private String counter(ServerWebExchange exchange) {
        return COUNTER + Network.of(origins.of(exchange).ip());
    }
}
