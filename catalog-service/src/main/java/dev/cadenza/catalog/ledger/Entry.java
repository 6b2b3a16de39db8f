package dev.cadenza.catalog.ledger;

import java.util.UUID;

/**
 * One side of a transaction.
 *
 * @param account {@link #PAYMENTS}, {@link #FEES} or a seller's
 * @param minor in the smallest unit of the transaction's currency; positive: the account has more, negative: it owes more
 */
public record Entry(String account, long minor) {

    /** What payment providers hold for us. */
    public static final String PAYMENTS = "payments";

    /** What the platform earns. */
    public static final String FEES = "fees";

    /** What we owe a seller; negative while we do. */
    public static String seller(UUID id) {
        return "seller:" + id;
    }
}
