package dev.cadenza.catalog.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Money that moved from accounts to accounts, for good: a mistake is put right by another transaction.
 *
 * @param entries their sum is zero
 */
public record Transaction(Kind kind, UUID orderId, String currency, List<Entry> entries, Instant at) {

    /** Why. */
    public enum Kind {
        /** An order was paid. */
        SALE,
        /** The money of an order was given back. */
        REFUND
    }

    public Transaction {
        entries = List.copyOf(entries);
        long sum = 0;
        for (Entry entry : entries) {
            sum = Math.addExact(sum, entry.minor());
        }
        if (sum != 0) {
            throw new IllegalArgumentException("entries of " + kind + " of " + orderId + " sum up to " + sum);
        }
    }
}
