package dev.cadenza.catalog.ledger.messaging;

import dev.cadenza.catalog.ledger.PostOrder;
import dev.cadenza.catalog.ledger.Transaction;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.ReceivedEvent;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes into the ledger what orders tell, whatever died since. */
@Component("ledgerOrderListener")
final class OrderListener implements EventHandler {

    private final PostOrder post;

    OrderListener(PostOrder post) {
        this.post = post;
    }

    @Override
    public Set<String> topics() {
        return Set.of("catalog.order.v1");
    }

    @Override
    public String group() {
        return "catalog.ledger";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        return switch (event.type()) {
            case "catalog.order.completed" -> post.post(event.aggregateId(), Transaction.Kind.SALE);
            case "catalog.order.refunded" -> post.post(event.aggregateId(), Transaction.Kind.REFUND);
            default -> Mono.empty();
        };
    }
}
