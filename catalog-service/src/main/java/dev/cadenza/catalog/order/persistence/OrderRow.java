package dev.cadenza.catalog.order.persistence;

import dev.cadenza.catalog.order.Order;
import dev.cadenza.catalog.order.OrderStatus;
import dev.cadenza.catalog.order.Settlement;
import dev.cadenza.catalog.product.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is stored.
 *
 * @param held buyer and product of each item, once more in one text, while the order holds them; null where it does not: to
 *     a unique index all empty lists are the same
 */
record OrderRow(
        UUID buyerId,
        List<Order.Item> items,
        Money total,
        OrderStatus status,
        Settlement settlement,
        @Nullable List<String> held,
        Instant createdAt,
        Instant updatedAt) {

    static OrderRow of(Order order) {
        return new OrderRow(
                order.buyerId(),
                order.items(),
                order.total(),
                order.status(),
                order.settlement(),
                order.status().holds()
                        ? order.items().stream()
                                .map(item -> held(order.buyerId(), item.productId()))
                                .toList()
                        : null,
                order.createdAt(),
                order.updatedAt());
    }

    static String held(UUID buyerId, UUID productId) {
        return buyerId + "/" + productId;
    }

    Order order() {
        return new Order(buyerId, items, total, status, settlement, createdAt, updatedAt);
    }
}
