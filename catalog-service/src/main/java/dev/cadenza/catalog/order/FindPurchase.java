package dev.cadenza.catalog.order;

import dev.cadenza.catalog.product.Product;
import dev.cadenza.catalog.product.ProductFailures;
import dev.cadenza.catalog.product.Products;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The track of a product, for whoever bought it or sells it: as long as the track is there, whether or not it is public or the
 * product still for sale, and not after a refund.
 */
@Component
public final class FindPurchase {

    private final Orders orders;
    private final Products products;
    private final Tracks tracks;

    FindPurchase(Orders orders, Products products, Tracks tracks) {
        this.orders = orders;
        this.products = products;
        this.tracks = tracks;
    }

    /** Forbidden to whoever sees the product without having it, else NotFound. */
    public Mono<Versioned<Track>> find(UUID productId, UUID person) {
        return orders.holding(person, productId)
                .filter(order -> order.state().status() == OrderStatus.COMPLETED)
                .map(order -> track(order.state(), productId))
                .switchIfEmpty(Mono.defer(() -> own(productId, person)))
                .flatMap(track -> tracks.find(track)
                        .switchIfEmpty(Mono.error(
                                () -> Failure.notFound("track.not_found", "The track of this product is gone."))));
    }

    private static UUID track(Order order, UUID productId) {
        return demand(order.items().stream()
                .filter(item -> item.productId().equals(productId))
                .map(Order.Item::trackId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }

    private Mono<UUID> own(UUID productId, UUID person) {
        return products.find(productId)
                .map(Versioned::state)
                .filter(product -> product.visibleTo(person))
                .switchIfEmpty(Mono.error(ProductFailures::notFound))
                .map(product -> demandOwn(product, person));
    }

    private static UUID demandOwn(Product product, UUID person) {
        if (!product.soldBy(person)) {
            throw Failure.forbidden("product.not_bought", "Only who bought a product may download it.");
        }
        return demand(product.trackId());
    }

    private static UUID demand(@Nullable UUID track) {
        if (track == null) {
            throw nothingToDownload();
        }
        return track;
    }

    private static FailureException nothingToDownload() {
        return Failure.notFound("product.nothing_to_download", "There is nothing to download of this product.");
    }
}
