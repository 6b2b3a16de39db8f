package dev.cadenza.catalog.product;

import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What is for sale, and what somebody sells. */
@Component
public final class ListProducts {

    private final Products products;
    private final Tracks tracks;

    ListProducts(Products products, Tracks tracks) {
        this.products = products;
        this.tracks = tracks;
    }

    /**
     * What the viewer (null: somebody without an identity) sees, newest first: what is for sale, and all of his own.
     *
     * @param sellerId null: of anybody
     * @param status null: any
     */
    public Mono<List<Versioned<Product>>> list(
            @Nullable UUID viewer, @Nullable UUID sellerId, @Nullable ProductStatus status, Paging paging) {
        return products.browse(viewer, sellerId, status, paging)
                .collectList()
                .flatMap(found -> shown(found)
                        .map(shown -> found.stream()
                                .filter(product -> product.state().soldBy(viewer) || isShown(product.state(), shown))
                                .toList()));
    }

    /** What is heard of tracks comes a moment late; what is private is not shown even then. */
    private Mono<Set<UUID>> shown(List<Versioned<Product>> found) {
        Set<UUID> ids = new HashSet<>();
        found.forEach(product -> {
            UUID track = product.state().trackId();
            if (track != null) {
                ids.add(track);
            }
        });
        return tracks.all(ids)
                .filter(track -> CreateProduct.isShown(track.state()))
                .map(Versioned::id)
                .collect(HashSet<UUID>::new, Set::add)
                .map(set -> set);
    }

    private static boolean isShown(Product product, Set<UUID> shown) {
        UUID track = product.trackId();
        return track == null || shown.contains(track);
    }
}
