package dev.cadenza.gateway.config;

import dev.cadenza.gateway.edge.CleanPaths;
import dev.cadenza.gateway.edge.CrossOrigin;
import dev.cadenza.gateway.edge.EdgeSettings;
import dev.cadenza.gateway.edge.KnownOrigins;
import dev.cadenza.gateway.edge.SecurityHeaders;
import dev.cadenza.gateway.edge.StraightFilters;
import dev.cadenza.gateway.edge.TrustedProxies;
import dev.cadenza.gateway.forward.ForwardSettings;
import dev.cadenza.gateway.forward.PassedHeaders;
import dev.cadenza.gateway.forward.ServiceGuard;
import dev.cadenza.gateway.forward.StoredBodies;
import dev.cadenza.gateway.route.FindRow;
import dev.cadenza.gateway.route.ForwardRow;
import dev.cadenza.gateway.route.RouteTable;
import dev.cadenza.gateway.route.Routes;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.gateway.route.ServiceAddresses;
import dev.cadenza.platform.web.ClientOrigins;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.client.HttpClient;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    private static final int READ_AT_ONCE = 64 * 1024;

    /** Of this gateway alone: the global ones end for everybody in the process when one context is closed. */
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    /**
     * On the threads of the server, so that what a client and a service say to each other changes no thread on the way; and
     * handing on what was read as it was read, instead of in pieces of 8 KiB.
     */
    // with Netty 5 pieces have no other limit than what was read
    @SuppressWarnings("deprecation")
    @Bean
    HttpClientCustomizer directCalls(ReactorResourceFactory resources) {
        return client -> client.runOn(resources.getLoopResources())
                .httpResponseDecoder(decoder -> decoder.maxChunkSize(READ_AT_ONCE));
    }

    @Bean
    FindRow findRow() {
        return new FindRow(new Routes(RouteTable.ROWS));
    }

    @Bean
    ForwardRow forwardRow(
            FilteringWebHandler handler,
            ServiceAddresses addresses,
            ForwardSettings settings,
            CircuitBreakerRegistry breakers,
            HttpClient client,
            PassedHeaders headers) {
        URI store = settings.objectStore();
        StoredBodies stored = store == null
                ? null
                : new StoredBodies(store, client, breakers.circuitBreaker("object-store"), settings.responseTimeout());
        Map<String, Route> routes = RouteTable.ROWS.stream()
                .map(Row::service)
                .distinct()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> Route.async()
                                .id(service)
                                .uri(addresses.of(service))
                                .predicate(exchange -> true)
                                .filter(new ServiceGuard(
                                        breakers.circuitBreaker(service),
                                        settings,
                                        client,
                                        headers,
                                        addresses.of(service),
                                        stored))
                                .build()));
        return new ForwardRow(handler, routes);
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
    PassedHeaders passedHeaders(TrustedProxies proxies, ClientOrigins origins) {
        return new PassedHeaders(proxies, origins);
    }

    /** One walk through the filters, without what Spring prepares at each of them for stack traces. */
    @Bean
    WebHttpHandlerBuilderCustomizer straightFilters() {
        return builder -> builder.filters(filters -> {
            StraightFilters all = new StraightFilters(filters);
            filters.clear();
            filters.add(all);
        });
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
