package dev.cadenza.contracts.catalog.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order after a change.
 *
 * @param status {@code pending}, {@code completed}, {@code declined}, {@code refunding} or {@code refunded}
 * @param totalMinor in the smallest unit of the currency
 * @param currency ISO 4217 code
 */
public record OrderSnapshot(
        UUID orderId,
        UUID buyerId,
        String status,
        long totalMinor,
        String currency,
        List<Item> items,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * One product of an order.
     *
     * @param trackId null where the product is no track
     * @param priceMinor what it cost when it was ordered
     */
    public record Item(
            UUID productId, UUID sellerId, @Nullable UUID trackId, long priceMinor) {}
}
