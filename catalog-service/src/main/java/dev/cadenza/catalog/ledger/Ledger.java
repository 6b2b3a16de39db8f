package dev.cadenza.catalog.ledger;

import dev.cadenza.catalog.product.Money;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All transactions. */
public interface Ledger {

    /** Stores it; nothing where there is one of its kind for its order. */
    Mono<Void> post(Transaction transaction);

    /** The sums of an account, one for each currency it has entries in. */
    Flux<Money> balances(String account);
}
