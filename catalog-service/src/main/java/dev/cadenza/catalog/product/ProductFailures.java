package dev.cadenza.catalog.product;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** What is answered in several places. */
public final class ProductFailures {

    private ProductFailures() {}

    /** Absent, or not shown to this person: nobody can tell which. */
    public static FailureException notFound() {
        return Failure.notFound("product.not_found", "Product not found.");
    }

    /** Visible, but somebody else's. */
    static FailureException notYours() {
        return Failure.forbidden("product.not_yours", "Only the seller may change a product.");
    }

    /** It was offered. */
    static FailureException noDraftAgain() {
        return Failure.conflict("product.offered", "A product that was offered cannot become a draft again.");
    }
}
