package dev.cadenza.gateway.config;

import dev.cadenza.gateway.edge.CleanPaths;
import dev.cadenza.gateway.edge.CrossOrigin;
import dev.cadenza.gateway.edge.EdgeSettings;
import dev.cadenza.gateway.edge.KnownOrigins;
import dev.cadenza.gateway.edge.SecurityHeaders;
import dev.cadenza.gateway.edge.TrustedProxies;
import dev.cadenza.gateway.forward.AnswerHeaders;
import dev.cadenza.gateway.forward.ForwardSettings;
import dev.cadenza.gateway.forward.ForwardedHeaders;
import dev.cadenza.gateway.forward.ServiceGuard;
import dev.cadenza.gateway.route.FindRow;
import dev.cadenza.gateway.route.RouteTable;
import dev.cadenza.gateway.route.Routes;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.gateway.route.ServiceAddresses;
import dev.cadenza.gateway.route.TableRouting;
import dev.cadenza.platform.web.ClientOrigins;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    /** Of this gateway alone: the global ones end for everybody in the process when one context is closed. */
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    @Bean
    FindRow findRow() {
        return new FindRow(new Routes(RouteTable.ROWS));
    }

    /** In place of Spring Cloud Gateway's own, which asks one route after the other. */
    @Bean
    RoutePredicateHandlerMapping tableRouting(
            FilteringWebHandler handler,
            ServiceAddresses addresses,
            ForwardSettings settings,
            CircuitBreakerRegistry breakers,
            GlobalCorsProperties cors,
            Environment environment) {
        Map<String, Route> routes = RouteTable.ROWS.stream()
                .map(Row::service)
                .distinct()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> Route.async()
                                .id(service)
                                .uri(addresses.of(service))
                                .predicate(exchange -> true)
                                .filter(new ServiceGuard(breakers.circuitBreaker(service), settings))
                                .build()));
        return new TableRouting(handler, routes, cors, environment);
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
    TrustedProxies trustedProxies(EdgeSettings settings) {
        return new TrustedProxies(settings);
    }

    @Bean
    ForwardedHeaders forwardedHeaders(TrustedProxies proxies, ClientOrigins origins) {
        return new ForwardedHeaders(proxies, origins);
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
    KnownOrigins knownOrigins(EdgeSettings settings) {
        return new KnownOrigins(settings);
    }

    @Bean
    CrossOrigin crossOrigin(KnownOrigins origins) {
        return new CrossOrigin(origins);
    }

    @Bean
    SecurityHeaders securityHeaders(EdgeSettings settings) {
        return new SecurityHeaders(settings);
    }
}
