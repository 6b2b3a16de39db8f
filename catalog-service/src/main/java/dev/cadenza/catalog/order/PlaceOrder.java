package dev.cadenza.catalog.order;

import dev.cadenza.catalog.product.MarketplaceSettings;
import dev.cadenza.catalog.product.Money;
import dev.cadenza.catalog.product.OfferedProducts;
import dev.cadenza.catalog.product.Product;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.RequestedIds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Somebody buys products: the order is stored, which reserves them for this buyer, and only then paid for. So whatever dies
 * in between, the order is known, and whoever settles it asks about the same payment again.
 */
@Component
public final class PlaceOrder {

    /** Products of one order. */
    public static final int MOST_ITEMS = 20;

    private static final int WHOLE = 10_000;

    private final Orders orders;
    private final OfferedProducts products;
    private final SettleOrder settle;
    private final MarketplaceSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    PlaceOrder(
            Orders orders,
            OfferedProducts products,
            SettleOrder settle,
            MarketplaceSettings settings,
            Supplier<UUID> ids,
            Clock clock) {
        this.orders = orders;
        this.products = products;
        this.settle = settle;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The order, paid, declined or, where the provider does not answer in time, pending. {@link Failure.Invalid} where the
     * items make no order, NotFound where one is not for sale, Conflict where one is the buyer's own or bought already.
     *
     * @param method what the buyer pays with; null: whatever the provider has
     */
    public Mono<Versioned<Order>> place(UUID buyerId, List<UUID> productIds, @Nullable String method) {
        return RequestedIds.of("order", ids)
                .flatMap(id -> orders.find(id)
                        // made by an earlier try of the same request, which died before it could answer
                        .switchIfEmpty(Mono.defer(() -> added(id, buyerId, productIds, method))))
                .flatMap(settle::settle);
    }

    private Mono<Versioned<Order>> added(UUID id, UUID buyerId, List<UUID> productIds, @Nullable String method) {
        if (productIds.isEmpty() || productIds.size() > MOST_ITEMS) {
            return Mono.error(Failure.invalidField("items", "An order has between 1 and " + MOST_ITEMS + " products."));
        }
        if (Set.copyOf(productIds).size() < productIds.size()) {
            return Mono.error(Failure.invalidField("items", "An order has each product once."));
        }
        return products.all(productIds).flatMap(found -> {
            List<Order.Item> items = productIds.stream()
                    .map(productId -> item(productId, found, buyerId))
                    .toList();
            if (items.stream().map(item -> item.price().currency()).distinct().count() > 1) {
                return Mono.error(Failure.invalidField("items", "The products of an order are of one currency."));
            }
            Instant now = clock.instant();
            return orders.add(id, Order.placed(buyerId, items, method, now, now.plus(settings.settleAfter())));
        });
    }

    private Order.Item item(UUID productId, Map<UUID, Versioned<Product>> found, UUID buyerId) {
        Product product = Objects.requireNonNull(found.get(productId)).state();
        if (product.soldBy(buyerId)) {
            throw Failure.conflict("order.own_product", "Nobody buys what is their own.");
        }
        Money price = product.details().price();
        return new Order.Item(
                productId,
                product.sellerId(),
                product.trackId(),
                price,
                new Money(price.minor() * settings.fee() / WHOLE, price.currency()));
    }
}
