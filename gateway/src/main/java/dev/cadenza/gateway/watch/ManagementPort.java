package dev.cadenza.gateway.watch;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps the management port to what it is for. Spring Boot serves it from a child context that finds the routes of the
 * public port too, so that everything could be reached past the access log.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class ManagementPort implements WebFilter {

    private final ApplicationContext publicPort;

    /** {@code publicPort} serves everything else. */
    public ManagementPort(ApplicationContext publicPort) {
        this.publicPort = publicPort;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (serves(exchange) && !exchange.getRequest().getPath().value().startsWith("/actuator/")) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        return chain.filter(exchange);
    }

    /** Whether this request came in on the management port. */
    boolean serves(ServerWebExchange exchange) {
        return exchange.getApplicationContext() != publicPort;
    }
}
