package dev.cadenza.catalog.product;

import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Versioned;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Products at the moment somebody wants to buy them. */
@Component
public final class OfferedProducts {

    private final Products products;
    private final Tracks tracks;

    OfferedProducts(Products products, Tracks tracks) {
        this.products = products;
        this.tracks = tracks;
    }

    /** All of these, by id; NotFound where one of them is not for sale, as its track is now. */
    public Mono<Map<UUID, Versioned<Product>>> all(Collection<UUID> ids) {
        return products.all(ids)
                .filter(product -> product.state().isForSale())
                .filterWhen(product -> isShown(product.state()))
                .collectMap(Versioned::id)
                .flatMap(found -> found.keySet().containsAll(Set.copyOf(ids))
                        ? Mono.just(found)
                        : Mono.error(ProductFailures.notFound()));
    }

    private Mono<Boolean> isShown(Product product) {
        UUID track = product.trackId();
        return track == null
                ? Mono.just(true)
                : tracks.find(track)
                        .map(found -> CreateProduct.isShown(found.state()))
                        .defaultIfEmpty(false);
    }
}
