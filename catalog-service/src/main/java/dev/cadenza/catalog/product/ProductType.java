package dev.cadenza.catalog.product;

import java.util.Locale;

/** What is sold. */
public enum ProductType {
    /** A track. */
    TRACK,
    /** Several things together; what its seller delivers, and a track of it that can be downloaded where one is named. */
    PACK,
    /** Work; what its seller delivers, and a track where one is named. */
    SERVICE;

    /** As clients write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
