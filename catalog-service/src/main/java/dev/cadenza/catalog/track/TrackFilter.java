package dev.cadenza.catalog.track;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tracks are wanted; null components do not restrict.
 *
 * @param viewer sees public tracks and his own; null: public ones only
 * @param text words that all occur in title, artist, album or genre, in any case and with or without accents
 * @param genre the whole genre, compared the same way
 * @param format such as {@code mp3}
 * @param minSeconds shortest duration
 * @param maxSeconds longest duration
 * @param from uploaded then or later
 * @param to uploaded then or earlier
 */
public record TrackFilter(
        @Nullable UUID viewer,
        @Nullable UUID ownerId,
        @Nullable String text,
        @Nullable String genre,
        @Nullable String format,
        @Nullable Double minSeconds,
        @Nullable Double maxSeconds,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Everything that this person sees with these words in it. */
    public static TrackFilter words(@Nullable UUID viewer, String text) {
        return new TrackFilter(viewer, null, text, null, null, null, null, null, null);
    }
}
