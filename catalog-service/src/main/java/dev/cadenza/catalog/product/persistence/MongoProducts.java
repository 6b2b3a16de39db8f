package dev.cadenza.catalog.product.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.catalog.product.Product;
import dev.cadenza.catalog.product.ProductStatus;
import dev.cadenza.catalog.product.Products;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Products as documents. */
@Component
final class MongoProducts implements Products {

    private static final String SELLER = "state.sellerId";
    private static final String STATUS = "state.status";
    private static final String OFFERED = "state.offered";
    private static final String TRACK = "state.trackId";
    private static final String CREATED = "state.createdAt";

    private final AggregateCollection<Product, Void> products;

    MongoProducts(Aggregates aggregates) {
        this.products = aggregates.collection(AggregateDefinition.unpublished(
                "product",
                Product.class,
                false,
                List.of(
                        IndexSpec.on(SELLER, "-" + CREATED),
                        IndexSpec.on(STATUS, OFFERED, "-" + CREATED),
                        IndexSpec.on(TRACK))));
    }

    @Override
    public Mono<Versioned<Product>> add(UUID id, Product product) {
        return products.insert(id, Change.of(product));
    }

    @Override
    public Mono<Versioned<Product>> find(UUID id) {
        return products.find(id);
    }

    @Override
    public Flux<Versioned<Product>> all(Collection<UUID> ids) {
        return products.find(in("_id", ids));
    }

    @Override
    public Flux<UUID> ofTrack(UUID trackId) {
        return products.find(eq(TRACK, trackId)).map(Versioned::id);
    }

    @Override
    public Mono<Versioned<Product>> change(UUID id, Function<Product, Change<Product, Void>> transition) {
        return products.change(id, current -> transition.apply(current.state()));
    }

    @Override
    public Flux<Versioned<Product>> browse(
            @Nullable UUID viewer, @Nullable UUID sellerId, @Nullable ProductStatus status, Paging paging) {
        List<Bson> filters = new ArrayList<>();
        if (sellerId != null) {
            filters.add(eq(SELLER, sellerId));
        }
        if (status != null) {
            filters.add(eq(STATUS, status.name()));
        }
        if (viewer == null || !viewer.equals(sellerId)) {
            Bson forSale = and(eq(STATUS, ProductStatus.ACTIVE.name()), eq(OFFERED, true));
            filters.add(viewer == null || sellerId != null ? forSale : or(forSale, eq(SELLER, viewer)));
        }
        return products.find(and(filters), descending(CREATED, "_id"), paging);
    }

    @Override
    public Mono<Void> removeAllOf(UUID sellerId) {
        return products.deleteAll(eq(SELLER, sellerId), List.of()).then();
    }
}
