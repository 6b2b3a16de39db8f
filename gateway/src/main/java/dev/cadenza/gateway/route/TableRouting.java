package dev.cadenza.gateway.route;

import java.util.Map;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.core.env.Environment;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hands a request to the service of its row; there is one gateway route per service and nothing to search for. */
public final class TableRouting extends RoutePredicateHandlerMapping {

    private final Map<String, Route> routes;

    /** The routes by service. */
    public TableRouting(
            FilteringWebHandler handler,
            Map<String, Route> routes,
            GlobalCorsProperties cors,
            Environment environment) {
        super(handler, locator(routes), cors, environment);
        this.routes = Map.copyOf(routes);
    }

    @Override
    protected Mono<Route> lookupRoute(ServerWebExchange exchange) {
        return switch (exchange.<Routes.Match>getAttributeOrDefault(FindRow.MATCH, new Routes.Match.Unknown())) {
            case Routes.Match.Found found ->
                Mono.justOrEmpty(routes.get(found.row().service()));
            case Routes.Match.WrongMethod wrong ->
                Mono.error(new MethodNotAllowedException(exchange.getRequest().getMethod(), wrong.allowed()));
            case Routes.Match.Unknown unknown -> Mono.empty();
        };
    }

    private static RouteLocator locator(Map<String, Route> routes) {
        return () -> Flux.fromIterable(routes.values());
    }
}
