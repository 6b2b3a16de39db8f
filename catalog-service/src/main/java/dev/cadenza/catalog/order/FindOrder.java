package dev.cadenza.catalog.order;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One order, for its buyer. */
@Component
public final class FindOrder {

    private final Orders orders;

    FindOrder(Orders orders) {
        this.orders = orders;
    }

    /** NotFound to all but the buyer and administrators. */
    public Mono<Versioned<Order>> find(UUID id, UUID caller, boolean isAdministrator) {
        return orders.find(id)
                .filter(order -> isAdministrator || order.state().boughtBy(caller))
                .switchIfEmpty(Mono.error(OrderFailures::notFound));
    }
}
