package dev.cadenza.gateway.route;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.util.Map;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Hands a request to the service of its row; there is one gateway route per service and nothing to search for, so Spring's
 * handler mappings are asked about paths of the gateway itself alone.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class ForwardRow implements WebFilter {

    private final FilteringWebHandler handler;
    private final Map<String, Route> routes;

    /** The routes by service. */
    public ForwardRow(FilteringWebHandler handler, Map<String, Route> routes) {
        this.handler = handler;
        this.routes = Map.copyOf(routes);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return switch (exchange.<Routes.Match>getAttributeOrDefault(FindRow.MATCH, UNKNOWN)) {
            case Routes.Match.Found found -> {
                Route route = routes.get(found.row().service());
                if (route == null) {
                    throw new IllegalStateException("no route to " + found.row().service());
                }
                exchange.getAttributes().put(GATEWAY_ROUTE_ATTR, route);
                yield handler.handle(exchange);
            }
            case Routes.Match.WrongMethod wrong ->
                Mono.error(new MethodNotAllowedException(exchange.getRequest().getMethod(), wrong.allowed()));
            case Routes.Match.Unknown unknown -> chain.filter(exchange);
        };
    }

    private static final Routes.Match UNKNOWN = new Routes.Match.Unknown();
}
