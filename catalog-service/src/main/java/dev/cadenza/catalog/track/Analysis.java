package dev.cadenza.catalog.track;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who measures a track, and how often that went wrong.
 *
 * @param leaseUntil somebody works on it until then; after that anybody may; null where nobody does
 * @param failures attempts that ended without a result although everything needed was there
 */
public record Analysis(@Nullable Instant leaseUntil, int failures) {

    /** Nobody has begun. */
    public static final Analysis WAITING = new Analysis(null, 0);

    boolean takenAt(Instant now) {
        return leaseUntil != null && leaseUntil.isAfter(now);
    }
}
