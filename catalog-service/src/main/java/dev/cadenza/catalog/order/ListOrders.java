package dev.cadenza.catalog.order;

import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What somebody ordered. */
@Component
public final class ListOrders {

    private final Orders orders;

    ListOrders(Orders orders) {
        this.orders = orders;
    }

    /** A part of it, newest first. */
    public Mono<List<Versioned<Order>>> of(UUID buyerId, Paging paging) {
        return orders.of(buyerId, paging).collectList();
    }
}
