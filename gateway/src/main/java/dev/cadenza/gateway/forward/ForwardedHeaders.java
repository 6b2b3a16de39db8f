package dev.cadenza.gateway.forward;

import dev.cadenza.gateway.edge.TrustedProxies;
import dev.cadenza.platform.web.ClientAddress;
import dev.cadenza.platform.web.ClientOrigins;
import dev.cadenza.platform.web.RequestIds;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a service learns of the client: nothing that the client claims about itself on the way, but its one address as
 * determined here, the scheme (which a trusted proxy may know better), the request id and the trace.
 */
public final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

    private static final Set<String> CLAIMS = Set.of("forwarded", "x-real-ip", "x-original-url", "x-rewrite-url");
    private static final String PROTO = "X-Forwarded-Proto";

    private final TrustedProxies proxies;
    private final ClientOrigins origins;

    /** Asks who the client is. */
    public ForwardedHeaders(TrustedProxies proxies, ClientOrigins origins) {
        this.proxies = proxies;
        this.origins = origins;
    }

    /** After Spring Cloud Gateway's own filters, which drop every {@code X-Forwarded-*} header. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders original = request.getHeaders();
        HttpHeaders headers = new HttpHeaders();
        input.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!CLAIMS.contains(lower) && !lower.startsWith("x-forwarded-")) {
                headers.addAll(name, values);
            }
        });
        headers.set(ClientAddress.HEADER, origins.of(exchange).ip());
        String proto = proxies.sent(request) ? original.getFirst(PROTO) : null;
        headers.set(PROTO, "https".equals(proto) || "http".equals(proto) ? proto : scheme(request));
        headers.set(RequestIds.HEADER, RequestIds.of(exchange));
        if (exchange.getAttribute(RequestIds.TRACEPARENT) instanceof String trace) {
            headers.set(RequestIds.TRACEPARENT, trace);
        }
        return headers;
    }

    private static String scheme(ServerHttpRequest request) {
        return request.getSslInfo() == null ? "http" : "https";
    }
}
