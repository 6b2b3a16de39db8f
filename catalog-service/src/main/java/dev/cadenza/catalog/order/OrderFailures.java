package dev.cadenza.catalog.order;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** What is answered in several places. */
final class OrderFailures {

    private OrderFailures() {}

    /** Absent, or somebody else's: nobody can tell which. */
    static FailureException notFound() {
        return Failure.notFound("order.not_found", "Order not found.");
    }
}
