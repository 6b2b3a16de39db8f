package dev.cadenza.catalog.order;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All orders. No two of one buyer that {@link OrderStatus#holds() hold} have the same product: a new one that would make it
 * so fails with Conflict {@link #BOUGHT}.
 */
public interface Orders {

    /** Code of the conflict over a product that the buyer has, or is buying. */
    String BOUGHT = "order.already_bought";

    /** Stores a new one; Conflict {@code order.exists} where the id is in use. */
    Mono<Versioned<Order>> add(UUID id, Change<Order, OrderEvent> change);

    /** Empty where there is none. */
    Mono<Versioned<Order>> find(UUID id);

    /** Reads, applies, writes, again on a lost race; empty where there is none. */
    Mono<Versioned<Order>> change(UUID id, Function<Order, Change<Order, OrderEvent>> transition);

    /** A part of one buyer's, newest first. */
    Flux<Versioned<Order>> of(UUID buyerId, Paging paging);

    /** The one in which a buyer has a product, or is buying it; empty where there is none. */
    Mono<Versioned<Order>> holding(UUID buyerId, UUID productId);

    /** Those whose provider is to be asked, longest due first. */
    Flux<Versioned<Order>> due(Instant now, int limit);
}
