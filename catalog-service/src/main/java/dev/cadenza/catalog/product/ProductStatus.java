package dev.cadenza.catalog.product;

import java.util.Locale;

/** Whether a product is for sale. */
public enum ProductStatus {
    /** Its seller's alone, so far. */
    DRAFT,
    /** For sale. */
    ACTIVE,
    /** No longer for sale; whoever bought it keeps it. */
    ARCHIVED;

    /** As clients write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a product of this status may become one of that: nothing that was offered is a draft again. */
    boolean mayBecome(ProductStatus next) {
        return this == next || next != DRAFT;
    }
}
