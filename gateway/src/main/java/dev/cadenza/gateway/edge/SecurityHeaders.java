package dev.cadenza.gateway.edge;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Security headers of every answer, set once, here; a service that set one itself knows better. */
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
public final class SecurityHeaders implements WebFilter {

    private final boolean encrypted;

    /** Strict transport security is promised only where clients come over HTTPS. */
    public SecurityHeaders(EdgeSettings settings) {
        this.encrypted = "https".equals(settings.publicBaseUrl().getScheme());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpResponse response = exchange.getResponse();
        response.beforeCommit(() -> {
            HttpHeaders headers = response.getHeaders();
            setIfAbsent(headers, "X-Content-Type-Options", "nosniff");
            setIfAbsent(headers, "X-Frame-Options", "DENY");
            setIfAbsent(headers, "Referrer-Policy", "strict-origin-when-cross-origin");
            if (isJson(headers)) {
                // not for media: browsers apply the policy to their built-in players
                setIfAbsent(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            }
            if (encrypted) {
                setIfAbsent(headers, "Strict-Transport-Security", "max-age=31536000");
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    private static boolean isJson(HttpHeaders headers) {
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(MediaType.APPLICATION_JSON_VALUE);
    }

    private static void setIfAbsent(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }
}
