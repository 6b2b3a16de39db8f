package dev.cadenza.catalog.product;

import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The seller says something else about a product, offers it, or takes it back. */
@Component
public final class UpdateProduct {

    private final Products products;
    private final Tracks tracks;
    private final Clock clock;

    UpdateProduct(Products products, Tracks tracks, Clock clock) {
        this.products = products;
        this.tracks = tracks;
        this.clock = clock;
    }

    /**
     * NotFound, Forbidden to all but the seller, {@link Failure.Invalid} naming every wrong field, Conflict where it cannot
     * become what is wanted.
     *
     * @param status null: as it is
     */
    public Mono<Versioned<Product>> update(
            UUID id, UUID caller, ProductDetails.Change change, @Nullable ProductStatus status) {
        return products.find(id)
                .filter(product -> product.state().visibleTo(caller))
                .flatMap(product -> status == ProductStatus.ACTIVE ? demandTrack(product) : Mono.just(product))
                .flatMap(product -> products.change(id, current -> {
                    if (!current.soldBy(caller)) {
                        throw ProductFailures.notYours();
                    }
                    return current.updated(
                            current.details().with(change),
                            status == null ? current.status() : status,
                            clock.instant());
                }))
                .switchIfEmpty(Mono.error(ProductFailures::notFound));
    }

    /** Nothing is offered whose track is gone. */
    private Mono<Versioned<Product>> demandTrack(Versioned<Product> product) {
        UUID trackId = product.state().trackId();
        return trackId == null
                ? Mono.just(product)
                : tracks.find(trackId)
                        .hasElement()
                        .flatMap(there -> there
                                ? Mono.just(product)
                                : Mono.error(Failure.conflict("product.track_gone", "The track is gone.")));
    }
}
