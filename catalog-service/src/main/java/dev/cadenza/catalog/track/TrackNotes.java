package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the owner says about a track beyond its name.
 *
 * @param description at most 5,000 characters; null where there is none
 * @param mood at most 100 characters; null where there is none
 * @param tags at most 30 of 1 to 50 characters each, every one once
 * @param artistSlug at most 200 characters; null: the one that follows from the artist's name
 * @param bpm beats per minute, 1 to 1000; null: what was measured counts
 * @param key at most 20 characters; null: what was measured counts
 * @param coverUrl http or https address of a picture; null: the one in the file, if any
 * @param coverGradient how a client paints what has no cover, at most 200 characters; null where there is none
 */
public record TrackNotes(
        @Nullable String description,
        @Nullable String mood,
        List<String> tags,
        @Nullable String artistSlug,
        @Nullable Double bpm,
        @Nullable String key,
        @Nullable String coverUrl,
        @Nullable String coverGradient) {

    /** Nothing. */
    public static final TrackNotes NONE = new TrackNotes(null, null, List.of(), null, null, null, null, null);

    private static final int LONGEST_DESCRIPTION = 5_000;
    private static final int LONGEST_MOOD = 100;
    private static final int MOST_TAGS = 30;
    private static final int LONGEST_TAG = 50;
    private static final int LONGEST_SLUG = 200;
    private static final int LONGEST_KEY = 20;
    private static final int LONGEST_GRADIENT = 200;
    private static final double FASTEST = 1_000;

    /** Without tags where stored documents lack them. */
    public TrackNotes {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /**
     * A wish to change some of it: null leaves a field as it is; an empty text, an empty list and a bpm of 0 remove it.
     */
    public record Change(
            @Nullable String description,
            @Nullable String mood,
            @Nullable List<String> tags,
            @Nullable String artistSlug,
            @Nullable Double bpm,
            @Nullable String key,
            @Nullable String coverUrl,
            @Nullable String coverGradient) {

        /** Changes nothing. */
        public static final Change NONE = new Change(null, null, null, null, null, null, null, null);
    }

    /** The notes with the change; whatever is wrong with it is added to the violations. */
    TrackNotes with(Change change, List<Violation> violations) {
        return new TrackNotes(
                TextFields.optionalLines(
                        "description", change.description(), description, LONGEST_DESCRIPTION, violations),
                TextFields.optional("mood", change.mood(), mood, LONGEST_MOOD, violations),
                change.tags() == null ? tags : tags(change.tags(), violations),
                TextFields.optional("artist_slug", change.artistSlug(), artistSlug, LONGEST_SLUG, violations),
                tempo(change.bpm(), bpm, violations),
                TextFields.optional("key", change.key(), key, LONGEST_KEY, violations),
                TextFields.address("cover_url", change.coverUrl(), coverUrl, violations),
                TextFields.optional(
                        "cover_gradient", change.coverGradient(), coverGradient, LONGEST_GRADIENT, violations));
    }

    private static List<String> tags(List<String> wanted, List<Violation> violations) {
        List<String> tags = new ArrayList<>();
        for (String tag : wanted) {
            String text = TextFields.clean(Objects.requireNonNullElse(tag, ""));
            if (text.isEmpty() || TextFields.length(text) > LONGEST_TAG) {
                violations.add(new Violation(
                        "tags", "Every tag must have 1 to " + LONGEST_TAG + " characters.", tag, "1-" + LONGEST_TAG));
                return List.of();
            }
            if (!tags.contains(text)) {
                tags.add(text);
            }
            if (tags.size() > MOST_TAGS) {
                violations.add(Violation.of("tags", "There must not be more than " + MOST_TAGS + " tags."));
                return List.of();
            }
        }
        return tags;
    }

    private static @Nullable Double tempo(
            @Nullable Double wanted, @Nullable Double current, List<Violation> violations) {
        if (wanted == null) {
            return current;
        }
        if (wanted == 0) {
            return null;
        }
        // so that no number at all is wrong too
        if (!(wanted >= 1 && wanted <= FASTEST)) {
            violations.add(new Violation("bpm", "The bpm must be between 1 and 1000.", wanted, "1-1000"));
        }
        return wanted;
    }
}
