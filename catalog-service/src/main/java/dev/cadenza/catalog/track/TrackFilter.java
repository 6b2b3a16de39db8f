package dev.cadenza.catalog.track;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tracks are wanted; null components do not restrict.
 *
 * @param viewer sees public tracks and his own; null: public ones only
 * @param text words that all begin words of title, artist, album, genre, tags or the owner's name, in any case and with
 *     or without accents; where nothing has them so, with small mistakes
 * @param title likewise, in the title alone
 * @param genre the whole genre, compared the same way
 * @param mood the whole mood, compared the same way
 * @param tags all of which it has, compared the same way; none do not restrict
 * @param isPublic only public ones, or only others
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
        @Nullable String title,
        @Nullable String genre,
        @Nullable String mood,
        List<String> tags,
        @Nullable Boolean isPublic,
        @Nullable String format,
        @Nullable Double minSeconds,
        @Nullable Double maxSeconds,
        @Nullable Instant from,
        @Nullable Instant to) {

    public TrackFilter {
        tags = List.copyOf(tags);
    }

    /** Without title, mood, tags and what is said about being public. */
    public TrackFilter(
            @Nullable UUID viewer,
            @Nullable UUID ownerId,
            @Nullable String text,
            @Nullable String genre,
            @Nullable String format,
            @Nullable Double minSeconds,
            @Nullable Double maxSeconds,
            @Nullable Instant from,
            @Nullable Instant to) {
        this(viewer, ownerId, text, null, genre, null, List.of(), null, format, minSeconds, maxSeconds, from, to);
    }

    /** Public ones of everybody, with these words in the title, of this genre. */
    public static TrackFilter published(@Nullable String title, @Nullable String genre) {
        return new TrackFilter(null, null, null, title, genre, null, List.of(), true, null, null, null, null, null);
    }

    /** Everything that this person sees with these words in it. */
    public static TrackFilter words(@Nullable UUID viewer, String text) {
        return new TrackFilter(viewer, null, text, null, null, null, null, null, null);
    }
}
