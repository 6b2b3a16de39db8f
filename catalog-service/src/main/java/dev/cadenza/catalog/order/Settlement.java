package dev.cadenza.catalog.order;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the money of an order is.
 *
 * @param method what the buyer pays with; forgotten once the outcome is known
 * @param reference of the payment at the provider; null before it is known, and where there is nothing to pay
 * @param reason why there was no money, or none back, a word of the provider's; null otherwise
 * @param attempts how often the provider was asked without an outcome
 * @param askAt when it is to be asked again; null: there is nothing to ask
 */
public record Settlement(
        @Nullable String method,
        @Nullable String reference,
        @Nullable String reason,
        int attempts,
        @Nullable Instant askAt) {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 12;

    /** Nothing to settle. */
    static final Settlement NONE = new Settlement(null, null, null, 0, null);

    /** The provider did not know. */
    Settlement asked(@Nullable String toldReference, Duration firstPause, Instant now) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        return new Settlement(
                method,
                toldReference == null ? reference : toldReference,
                reason,
                attempts + 1,
                now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
    }

    /** There is an outcome. */
    Settlement known(@Nullable String toldReference, @Nullable String why) {
        return new Settlement(null, toldReference == null ? reference : toldReference, why, 0, null);
    }
}
