package dev.cadenza.catalog.order;

import java.util.Locale;

/** How far an order is. */
public enum OrderStatus {
    /** Whether it is paid is not known yet. */
    PENDING,
    /** Paid. */
    COMPLETED,
    /** Not paid, and never will be. */
    DECLINED,
    /** The money is to be given back; what was bought is taken away already. */
    REFUNDING,
    /** The money was given back. */
    REFUNDED;

    /** As clients write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing can be bought again that is in such an order. */
    public boolean holds() {
        return this == PENDING || this == COMPLETED || this == REFUNDING;
    }
}
