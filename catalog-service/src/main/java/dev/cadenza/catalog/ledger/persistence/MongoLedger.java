package dev.cadenza.catalog.ledger.persistence;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.unwind;
import static com.mongodb.client.model.Filters.eq;

import dev.cadenza.catalog.ledger.Ledger;
import dev.cadenza.catalog.ledger.Transaction;
import dev.cadenza.catalog.product.Money;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.FactDefinition;
import dev.cadenza.platform.events.IndexSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Transactions as facts, whole in one document each, under an id that follows from order and kind. */
@Component
final class MongoLedger implements Ledger {

    private static final String ACCOUNT = "fact.entries.account";

    private final FactCollection<Transaction> facts;

    MongoLedger(Aggregates aggregates) {
        this.facts = aggregates.facts(FactDefinition.unpublished(
                "ledger", Transaction.class, List.of(IndexSpec.on(ACCOUNT), IndexSpec.on("fact.orderId"))));
    }

    @Override
    public Mono<Void> post(Transaction transaction) {
        UUID id = UUID.nameUUIDFromBytes(
                (transaction.orderId() + "/" + transaction.kind()).getBytes(StandardCharsets.US_ASCII));
        return facts.record(id, transaction);
    }

    @Override
    public Flux<Money> balances(String account) {
        return facts.aggregate(List.of(
                        match(eq(ACCOUNT, account)),
                        unwind("$fact.entries"),
                        match(eq(ACCOUNT, account)),
                        group("$fact.currency", sum("minor", "$fact.entries.minor"))))
                .map(MongoLedger::money);
    }

    private static Money money(Document row) {
        return new Money(row.get("minor", Number.class).longValue(), row.getString("_id"));
    }
}
