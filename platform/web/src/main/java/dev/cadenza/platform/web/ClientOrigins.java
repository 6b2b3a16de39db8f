package dev.cadenza.platform.web;

import dev.cadenza.platform.core.identity.ClientOrigin;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Says where each request came from: in the Reactor context under {@code ClientOrigin.class} (and so in events), and to
 * controllers that take a {@link ClientOrigin}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class ClientOrigins implements WebFilter, HandlerMethodArgumentResolver {

    private static final String UNKNOWN = "0.0.0.0";

    private final ClientAddress addresses;

    /** Asks {@code addresses} once for each request. */
    public ClientOrigins(ClientAddress addresses) {
        this.addresses = addresses;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ClientOrigin origin = find(exchange.getRequest());
        exchange.getAttributes().put(ClientOrigin.class.getName(), origin);
        return chain.filter(exchange).contextWrite(context -> context.put(ClientOrigin.class, origin));
    }

    /** Where this request came from. */
    public ClientOrigin of(ServerWebExchange exchange) {
        ClientOrigin known = exchange.getAttribute(ClientOrigin.class.getName());
        return known == null ? find(exchange.getRequest()) : known;
    }

    private ClientOrigin find(ServerHttpRequest request) {
        String ip = ClientAddress.normalised(addresses.of(request));
        if (ip == null) {
            ip = ClientAddress.normalised(ClientAddress.ofConnection(request));
        }
        String userAgent = request.getHeaders().getFirst(HttpHeaders.USER_AGENT);
        return new ClientOrigin(ip == null ? UNKNOWN : ip, userAgent == null ? "" : userAgent);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ClientOrigin.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        return Mono.just(of(exchange));
    }
}
