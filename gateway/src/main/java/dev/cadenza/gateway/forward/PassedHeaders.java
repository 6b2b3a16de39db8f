package dev.cadenza.gateway.forward;

import dev.cadenza.gateway.edge.TrustedProxies;
import dev.cadenza.gateway.identity.CarriedIdentity;
import dev.cadenza.platform.web.ClientAddress;
import dev.cadenza.platform.web.ClientOrigins;
import dev.cadenza.platform.web.RequestIds;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a service learns of the client: nothing that the client claims about itself on the way, but its one address as
 * determined here, the scheme (which a trusted proxy may know better), who asks, the request id and the trace. And what a
 * client learns of the service. All in one pass over the headers; what concerns a single connection (RFC 9110 section
 * 7.6.1) is never passed on.
 */
public final class PassedHeaders implements HttpHeadersFilter, Ordered {

    private static final String PROTO = "X-Forwarded-Proto";

    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Claims, and what is said anew. */
    private static final Set<String> OF_CLIENT = Set.of(
            "forwarded",
            "host",
            "x-real-ip",
            "x-original-url",
            "x-rewrite-url",
            "x-request-id",
            "traceparent",
            "x-object-store");

    /** What the gateway has already said itself, twice would be once too often; and what was said to it alone. */
    private static final Set<String> OF_SERVICE =
            Set.of("x-request-id", "server", "x-object-location", "x-object-bytes");

    private final TrustedProxies proxies;
    private final ClientOrigins origins;

    /** Asks who the client is. */
    public PassedHeaders(TrustedProxies proxies, ClientOrigins origins) {
        this.proxies = proxies;
        this.origins = origins;
    }

    /** After Spring Cloud Gateway's own filters, where one of its routing filters asks: WebSockets. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders headers = new HttpHeaders();
        toService(input, exchange, headers::add);
        return headers;
    }

    /** Passes on a request's headers. */
    void toService(HttpHeaders input, ServerWebExchange exchange, BiConsumer<String, String> headers) {
        ServerHttpRequest request = exchange.getRequest();
        CarriedIdentity identity = CarriedIdentity.of(exchange);
        Set<String> named = namedByConnection(input.getOrEmpty(HttpHeaders.CONNECTION));
        input.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_CONNECTION.contains(lower)
                    && !OF_CLIENT.contains(lower)
                    && !lower.startsWith("x-forwarded-")
                    && !identity.replaces(lower)
                    && !named.contains(lower)) {
                values.forEach(value -> headers.accept(name, value));
            }
        });
        identity.write(input, headers);
        headers.accept(ClientAddress.HEADER, origins.of(exchange).ip());
        String proto = proxies.sent(request) ? request.getHeaders().getFirst(PROTO) : null;
        headers.accept(PROTO, "https".equals(proto) || "http".equals(proto) ? proto : scheme(request));
        headers.accept(RequestIds.HEADER, RequestIds.of(exchange));
        if (exchange.getAttribute(RequestIds.TRACEPARENT) instanceof String trace) {
            headers.accept(RequestIds.TRACEPARENT, trace);
        }
    }

    /** Whether a client hears this header of a service. */
    static boolean reachesClient(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !OF_CONNECTION.contains(lower) && !OF_SERVICE.contains(lower);
    }

    private static Set<String> namedByConnection(List<String> values) {
        // nearly everybody's: keep-alive, or nothing
        if (values.isEmpty() || values.size() == 1 && OF_CONNECTION.contains(values.getFirst())) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String value : values) {
            for (String name : value.split(",")) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static String scheme(ServerHttpRequest request) {
        return request.getSslInfo() == null ? "http" : "https";
    }
}
