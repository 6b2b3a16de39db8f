package dev.cadenza.catalog.order.messaging;

import dev.cadenza.catalog.order.Order;
import dev.cadenza.catalog.order.OrderEvent;
import dev.cadenza.contracts.catalog.v1.OrderSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What orders tell others. */
@Configuration(proxyBeanMethods = false)
class OrderMessages {

    @Bean
    BiFunction<Versioned<Order>, OrderEvent, EventMessage> orderTranslator() {
        return (order, event) -> new EventMessage(
                switch (event) {
                    case OrderEvent.Placed placed -> "catalog.order.placed";
                    case OrderEvent.Completed completed -> "catalog.order.completed";
                    case OrderEvent.Declined declined -> "catalog.order.declined";
                    case OrderEvent.Refunded refunded -> "catalog.order.refunded";
                },
                1,
                snapshot(order));
    }

    private static OrderSnapshot snapshot(Versioned<Order> order) {
        Order state = order.state();
        return new OrderSnapshot(
                order.id(),
                state.buyerId(),
                state.status().word(),
                state.total().minor(),
                state.total().currency(),
                state.items().stream()
                        .map(item -> new OrderSnapshot.Item(
                                item.productId(),
                                item.sellerId(),
                                item.trackId(),
                                item.price().minor()))
                        .toList(),
                state.createdAt(),
                state.updatedAt());
    }
}
