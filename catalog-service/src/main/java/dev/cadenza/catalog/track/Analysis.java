package dev.cadenza.catalog.track;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who measures a track, how far that is, and how often it went wrong.
 *
 * @param leaseUntil somebody works on it until then, or it rests; after that anybody may; null where nobody does
 * @param failures attempts that ended without a result although everything needed was there
 * @param percent share of the audio that was heard in this attempt; null: nothing yet
 */
public record Analysis(
        @Nullable Instant leaseUntil,
        int failures,
        @Nullable Integer percent) {

    /** Nobody has begun. */
    public static final Analysis WAITING = new Analysis(null, 0, null);

    boolean takenAt(Instant now) {
        return leaseUntil != null && leaseUntil.isAfter(now);
    }
}
