package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.order.Order;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the dialect shows it, in every answer alike.
 *
 * @param reason why it is declined, or could not be refunded; null otherwise
 */
record OrderJson(
        UUID id,
        UUID buyerId,
        BigDecimal totalAmount,
        String currency,
        String status,
        @Nullable String reason,
        List<Item> items,
        Instant createdAt,
        Instant updatedAt) {

    private static final int LONGEST_METHOD = 255;

    /** A product of an order. */
    record Item(
            UUID productId,
            BigDecimal price,
            UUID sellerId,
            @Nullable UUID trackId) {}

    /** A new order. */
    record Create(
            @Nullable List<@Nullable Wanted> items,
            @Nullable String paymentMethod) {

        List<UUID> products() {
            return items == null
                    ? List.of()
                    : items.stream()
                            .map(item -> {
                                if (item == null || item.productId() == null) {
                                    throw Failure.invalidField("items", "Each item needs a product_id.");
                                }
                                return item.productId();
                            })
                            .toList();
        }

        @Nullable
        String method() {
            if (paymentMethod != null
                    && (paymentMethod.length() > LONGEST_METHOD || !paymentMethod.matches("[A-Za-z0-9_-]+"))) {
                throw Failure.invalidField("payment_method", "The payment_method must be a word of the provider's.");
            }
            return paymentMethod;
        }
    }

    /** What is to be bought. */
    record Wanted(@Nullable UUID productId) {}

    /** Where something bought is. */
    record Download(URI url, Instant expiresAt) {}

    /** What a seller is owed. */
    record Earnings(BigDecimal amount, String currency) {}

    static OrderJson of(Versioned<Order> order) {
        Order state = order.state();
        return new OrderJson(
                order.id(),
                state.buyerId(),
                state.total().amount(),
                state.total().currency(),
                state.status().word(),
                state.settlement().reason(),
                state.items().stream()
                        .map(item -> new Item(item.productId(), item.price().amount(), item.sellerId(), item.trackId()))
                        .toList(),
                state.createdAt(),
                state.updatedAt());
    }
}
