package dev.cadenza.gateway.route;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Looks the request up in the route table once, early: limits, identity and forwarding all ask {@link Row#of}. */
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
public final class FindRow implements WebFilter {

    static final String MATCH = Routes.Match.class.getName();

    private final Routes routes;

    /** Looks into this table. */
    public FindRow(Routes routes) {
        this.routes = routes;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Routes.Match match = routes.find(
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath().pathWithinApplication());
        exchange.getAttributes().put(MATCH, match);
        if (match instanceof Routes.Match.Found found) {
            exchange.getAttributes().put(Row.ATTRIBUTE, found.row());
        }
        return chain.filter(exchange);
    }
}
