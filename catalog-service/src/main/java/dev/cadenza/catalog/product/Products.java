package dev.cadenza.catalog.product;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All products. */
public interface Products {

    /** Stores a new one; fails with Conflict {@code product.exists} where the id is in use. */
    Mono<Versioned<Product>> add(UUID id, Product product);

    /** Empty where there is none. */
    Mono<Versioned<Product>> find(UUID id);

    /** Those of these ids that there are, in no particular order. */
    Flux<Versioned<Product>> all(Collection<UUID> ids);

    /** Those of a track. */
    Flux<UUID> ofTrack(UUID trackId);

    /** Reads, applies, writes, again on a lost race; empty where there is none. */
    Mono<Versioned<Product>> change(UUID id, Function<Product, Change<Product, Void>> transition);

    /** A part of what the viewer (null: somebody without an identity) sees, newest first. */
    Flux<Versioned<Product>> browse(
            @Nullable UUID viewer, @Nullable UUID sellerId, @Nullable ProductStatus status, Paging paging);

    /** Removes all of one seller. */
    Mono<Void> removeAllOf(UUID sellerId);
}
