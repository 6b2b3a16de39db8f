package dev.cadenza.gateway.forward;

import dev.cadenza.gateway.edge.EdgeSettings;
import dev.cadenza.platform.web.RequestIds;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a service learns of the client: nothing that the client claims about itself on the way, unless a trusted proxy
 * says it, and always the address that we saw, the scheme, the request id and the trace.
 */
public final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

    private static final Set<String> CLAIMS = Set.of("forwarded", "x-real-ip", "x-original-url", "x-rewrite-url");
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";

    private final List<IpSubnetFilterRule> trusted;

    /** Reads the trusted networks. */
    public ForwardedHeaders(EdgeSettings settings) {
        trusted = settings.trustedProxies().stream()
                .map(ForwardedHeaders::network)
                .toList();
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
        InetSocketAddress peer = request.getRemoteAddress();
        boolean believed = peer != null && trusted.stream().anyMatch(rule -> rule.matches(peer));
        String chain = believed ? original.getFirst(FOR) : null;
        if (peer != null && peer.getAddress() != null) {
            String address = peer.getAddress().getHostAddress();
            headers.set(FOR, chain == null ? address : chain + ", " + address);
        }
        String proto = believed ? original.getFirst(PROTO) : null;
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

    private static IpSubnetFilterRule network(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("cadenza.gateway.trusted-proxies: " + cidr + " is not a CIDR network");
        }
        return new IpSubnetFilterRule(
                cidr.substring(0, slash), Integer.parseInt(cidr.substring(slash + 1)), IpFilterRuleType.ACCEPT);
    }
}
