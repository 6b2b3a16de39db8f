package dev.cadenza.platform.web.security;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Whether a request is for one of many routes. A single matcher for all of them: of Spring Security's own, each takes
 * operators and a line for the log that is put together and not written.
 */
final class RouteMatcher implements ServerWebExchangeMatcher {

    private record Route(@Nullable HttpMethod method, PathPattern pattern) {

        static Stream<Route> of(OpenRoutes routes) {
            return routes.patterns().stream()
                    .map(pattern -> new Route(routes.method(), PathPatternParser.defaultInstance.parse(pattern)));
        }

        boolean takes(HttpMethod wanted) {
            return method == null
                    || method.equals(wanted)
                    || method.equals(HttpMethod.GET) && wanted.equals(HttpMethod.HEAD);
        }
    }

    private final Route[] routes;

    RouteMatcher(List<OpenRoutes> routes) {
        this.routes = routes.stream().flatMap(Route::of).toArray(Route[]::new);
    }

    boolean isFor(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        PathContainer path = request.getPath().pathWithinApplication();
        return Arrays.stream(routes)
                .anyMatch(route -> route.takes(method) && route.pattern().matches(path));
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        return isFor(exchange.getRequest()) ? MatchResult.match() : MatchResult.notMatch();
    }
}
