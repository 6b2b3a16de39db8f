package dev.cadenza.catalog.ledger;

import dev.cadenza.catalog.order.Order;
import dev.cadenza.catalog.order.Orders;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An order was paid, or its money given back: who owes whom what now. Harmless to repeat. */
@Component
public final class PostOrder {

    private final Orders orders;
    private final Ledger ledger;
    private final Clock clock;

    PostOrder(Orders orders, Ledger ledger, Clock clock) {
        this.orders = orders;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Completes when it is in the ledger. */
    public Mono<Void> post(UUID orderId, Transaction.Kind kind) {
        return orders.find(orderId)
                .filter(order -> !order.state().total().isNone())
                .flatMap(order -> ledger.post(transaction(order, kind)));
    }

    private Transaction transaction(Versioned<Order> order, Transaction.Kind kind) {
        Order state = order.state();
        Map<String, Long> sums = new TreeMap<>();
        sums.put(Entry.PAYMENTS, state.total().minor());
        for (Order.Item item : state.items()) {
            sums.merge(Entry.FEES, -item.fee().minor(), Math::addExact);
            sums.merge(
                    Entry.seller(item.sellerId()),
                    item.fee().minor() - item.price().minor(),
                    Math::addExact);
        }
        List<Entry> entries = new ArrayList<>();
        sums.forEach((account, minor) -> {
            if (minor != 0) {
                entries.add(new Entry(account, kind == Transaction.Kind.REFUND ? -minor : minor));
            }
        });
        return new Transaction(kind, order.id(), state.total().currency(), entries, clock.instant());
    }
}
