package dev.cadenza.gateway.config;

import dev.cadenza.gateway.edge.CleanPaths;
import dev.cadenza.gateway.edge.CrossOrigin;
import dev.cadenza.gateway.edge.EdgeSettings;
import dev.cadenza.gateway.edge.SecurityHeaders;
import dev.cadenza.gateway.forward.AnswerHeaders;
import dev.cadenza.gateway.forward.ForwardSettings;
import dev.cadenza.gateway.forward.ForwardedHeaders;
import dev.cadenza.gateway.forward.ServiceGuard;
import dev.cadenza.gateway.route.RouteTable;
import dev.cadenza.gateway.route.ServiceAddresses;
import dev.cadenza.platform.web.security.OpenRoutes;
import dev.cadenza.platform.web.security.TokenlessRoutes;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    /** Which routes need an identity is the services' business; a token that is sent must be valid already here. */
    @Bean
    OpenRoutes everyRoute() {
        return OpenRoutes.all("/**");
    }

    /** Who asks for a new token may still send the old one. */
    @Bean
    TokenlessRoutes tokens() {
        return TokenlessRoutes.of(
                "/api/v1/auth/register",
                "/api/v1/auth/login",
                "/api/v1/auth/refresh",
                "/api/v1/auth/check-username",
                "/api/v1/auth/verify-email",
                "/api/v1/auth/resend-verification");
    }

    @Bean
    RouteLocator routes(ServiceAddresses addresses, ForwardSettings settings, CircuitBreakerRegistry breakers) {
        List<Route> routes = new ArrayList<>();
        for (RouteTable.Row row : RouteTable.ROWS) {
            routes.add(Route.async()
                    .id(routes.size() + "-" + row.service())
                    .order(routes.size())
                    .uri(addresses.of(row.service()))
                    .predicate(exchange ->
                            row.matches(exchange.getRequest().getPath().pathWithinApplication()))
                    .filter(new ServiceGuard(breakers.circuitBreaker(row.service()), settings))
                    .build());
        }
        return () -> Flux.fromIterable(routes);
    }

    @Bean
    CircuitBreakerRegistry serviceBreakers(ForwardSettings settings, MeterRegistry meters) {
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breaker().window())
                .minimumNumberOfCalls(settings.breaker().minimumCalls())
                .failureRateThreshold(50)
                .waitDurationInOpenState(settings.breaker().openFor())
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(ServiceGuard::isOutage)
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        return breakers;
    }

    @Bean
    ForwardedHeaders forwardedHeaders(EdgeSettings settings) {
        return new ForwardedHeaders(settings);
    }

    @Bean
    AnswerHeaders answerHeaders() {
        return new AnswerHeaders();
    }

    @Bean
    CleanPaths cleanPaths() {
        return new CleanPaths();
    }

    @Bean
    CrossOrigin crossOrigin(EdgeSettings settings) {
        return new CrossOrigin(settings);
    }

    @Bean
    SecurityHeaders securityHeaders(EdgeSettings settings) {
        return new SecurityHeaders(settings);
    }
}
