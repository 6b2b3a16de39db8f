package dev.cadenza.catalog.ledger;

import dev.cadenza.catalog.product.Money;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a seller is owed. */
@Component
public final class ReadEarnings {

    private final Ledger ledger;

    ReadEarnings(Ledger ledger) {
        this.ledger = ledger;
    }

    /** One amount for each currency that something was sold in. */
    public Mono<List<Money>> of(UUID sellerId) {
        return ledger.balances(Entry.seller(sellerId))
                .map(owed -> new Money(-owed.minor(), owed.currency()))
                .collectList();
    }
}
