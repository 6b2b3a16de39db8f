package dev.cadenza.catalog.product;

import dev.cadenza.platform.core.Change;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody sells.
 *
 * @param trackId the track that its buyers get; null where there is none
 * @param offered whether its track is there, complete and public, as far as was heard; true where there is none
 */
public record Product(
        UUID sellerId,
        ProductType type,
        @Nullable UUID trackId,
        ProductDetails details,
        ProductStatus status,
        boolean offered,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether others see it, and may buy it. */
    public boolean isForSale() {
        return status == ProductStatus.ACTIVE && offered;
    }

    /** Whether this person (null: somebody without an identity) sees it. */
    public boolean visibleTo(@Nullable UUID viewer) {
        return isForSale() || soldBy(viewer);
    }

    /** Whether this person sells it. */
    public boolean soldBy(@Nullable UUID person) {
        return sellerId.equals(person);
    }

    /** With something else said about it and another status. */
    Change<Product, Void> updated(ProductDetails next, ProductStatus wanted, Instant now) {
        if (!status.mayBecome(wanted)) {
            throw ProductFailures.noDraftAgain();
        }
        return next.equals(details) && wanted == status
                ? Change.of(this)
                : Change.of(new Product(sellerId, type, trackId, next, wanted, offered, createdAt, now));
    }

    /** Its track is there or not, and shown to everybody or not. */
    Change<Product, Void> trackSeen(boolean there, boolean shown, Instant now) {
        ProductStatus next = there ? status : ProductStatus.ARCHIVED;
        return next == status && shown == offered
                ? Change.of(this)
                : Change.of(new Product(sellerId, type, trackId, details, next, shown, createdAt, now));
    }
}
