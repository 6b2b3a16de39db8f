package dev.cadenza.catalog.order.persistence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.catalog.order.Order;
import dev.cadenza.catalog.order.OrderEvent;
import dev.cadenza.catalog.order.Orders;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders as documents; a unique index over what they hold keeps a buyer from paying twice. */
@Component
final class MongoOrders implements Orders {

    private static final String BUYER = "state.buyerId";
    private static final String CREATED = "state.createdAt";
    private static final String HELD = "state.held";
    private static final String ASK_AT = "state.settlement.askAt";

    private final AggregateCollection<OrderRow, OrderEvent> rows;

    MongoOrders(Aggregates aggregates, BiFunction<Versioned<Order>, OrderEvent, EventMessage> translator) {
        this.rows = aggregates.collection(new AggregateDefinition<OrderRow, OrderEvent>(
                "order",
                OrderRow.class,
                "catalog.order.v1",
                false,
                (row, event) -> translator.apply(order(row), event),
                List.of(
                        IndexSpec.on(BUYER, "-" + CREATED),
                        IndexSpec.on(ASK_AT),
                        IndexSpec.unique(BOUGHT, "You have bought this already, or are buying it.", HELD))));
    }

    @Override
    public Mono<Versioned<Order>> add(UUID id, Change<Order, OrderEvent> change) {
        return rows.insert(id, row(change)).map(MongoOrders::order);
    }

    @Override
    public Mono<Versioned<Order>> find(UUID id) {
        return rows.find(id).map(MongoOrders::order);
    }

    @Override
    public Mono<Versioned<Order>> change(UUID id, Function<Order, Change<Order, OrderEvent>> transition) {
        return rows.change(id, current -> row(transition.apply(current.state().order())))
                .map(MongoOrders::order);
    }

    @Override
    public Flux<Versioned<Order>> of(UUID buyerId, Paging paging) {
        return rows.find(eq(BUYER, buyerId), descending(CREATED, "_id"), paging).map(MongoOrders::order);
    }

    @Override
    public Mono<Versioned<Order>> holding(UUID buyerId, UUID productId) {
        return rows.findOne(eq(HELD, OrderRow.held(buyerId, productId))).map(MongoOrders::order);
    }

    @Override
    public Flux<Versioned<Order>> due(Instant now, int limit) {
        return rows.find(lte(ASK_AT, now), ascending(ASK_AT), new Paging(0, limit))
                .map(MongoOrders::order);
    }

    private static Change<OrderRow, OrderEvent> row(Change<Order, OrderEvent> change) {
        return new Change<>(OrderRow.of(change.state()), change.events());
    }

    private static Versioned<Order> order(Versioned<OrderRow> row) {
        return new Versioned<>(
                row.id(), row.version(), row.number(), row.state().order());
    }
}
