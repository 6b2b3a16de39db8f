package dev.cadenza.gateway.edge;

import dev.cadenza.platform.core.Failure;
import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Cross-origin rules for every route at once. Stands before security, so that a page can read a 401; a refusal goes
 * through the dialect of its path.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
public final class CrossOrigin implements WebFilter {

    private final DefaultCorsProcessor processor = new DefaultCorsProcessor();
    private final CorsConfiguration rules;

    /** Pages of our own origin and of the configured ones may call, with cookies. */
    public CrossOrigin(KnownOrigins origins) {
        rules = new CorsConfiguration();
        rules.setAllowedOriginPatterns(origins.patterns());
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));
        rules.setAllowedHeaders(List.of("*"));
        rules.setExposedHeaders(List.of(
                "X-Request-Id",
                "Accept-Ranges",
                "Content-Disposition",
                "Content-Length",
                "Content-Range",
                "ETag",
                "Idempotent-Replayed",
                "Location",
                "Retry-After",
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset"));
        rules.setAllowCredentials(true);
        rules.setMaxAge(Duration.ofHours(1));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!processor.process(rules, exchange)) {
            return Mono.error(Failure.forbidden("origin.refused", "This origin may not call the API."));
        }
        return CorsUtils.isPreFlightRequest(exchange.getRequest()) ? Mono.empty() : chain.filter(exchange);
    }
}
