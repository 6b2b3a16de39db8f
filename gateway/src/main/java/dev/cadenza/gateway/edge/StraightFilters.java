package dev.cadenza.gateway.edge;

import java.util.List;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filters in their order, one calling the next: what {@code DefaultWebFilterChain} does, without an operator and a
 * checkpoint for each of them in each request.
 */
public final class StraightFilters implements WebFilter {

    private final WebFilter[] filters;

    /** These, in this order. */
    public StraightFilters(List<WebFilter> filters) {
        this.filters = filters.toArray(WebFilter[]::new);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return from(0, chain).filter(exchange);
    }

    private WebFilterChain from(int index, WebFilterChain end) {
        return index == filters.length ? end : exchange -> filters[index].filter(exchange, from(index + 1, end));
    }
}
