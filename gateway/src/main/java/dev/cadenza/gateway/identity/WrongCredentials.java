package dev.cadenza.gateway.identity;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Keeps guessers from asking auth-service about one key after the other. */
public interface WrongCredentials {

    /** Fails with a refusal where too many of late named nobody. */
    Mono<Void> admit(ServerWebExchange exchange);

    /** One more named nobody. */
    Mono<Void> count(ServerWebExchange exchange);
}
