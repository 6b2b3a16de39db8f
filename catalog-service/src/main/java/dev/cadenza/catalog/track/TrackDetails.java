package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner says about a track.
 *
 * @param title 1 to 200 characters
 * @param artist 1 to 200 characters
 * @param album 1 to 200 characters; null where there is none
 * @param genre 1 to 100 characters; null where there is none
 * @param year 1000 to 2999; null where unknown
 * @param isPublic whether everybody sees and hears it
 */
public record TrackDetails(
        String title,
        String artist,
        @Nullable String album,
        @Nullable String genre,
        @Nullable Integer year,
        boolean isPublic) {

    /** Longest title, artist and album. */
    public static final int LONGEST = 200;

    /** Longest genre. */
    public static final int LONGEST_GENRE = 100;

    /**
     * A wish to change some of it: null leaves a field as it is, an empty album or genre removes it.
     */
    public record Change(
            @Nullable String title,
            @Nullable String artist,
            @Nullable String album,
            @Nullable String genre,
            @Nullable Integer year,
            @Nullable Boolean isPublic) {

        /** Changes nothing. */
        public static final Change NONE = new Change(null, null, null, null, null, null);
    }

    /** The details with the change, or {@link Failure.Invalid} naming every wrong field. */
    public TrackDetails with(Change change) {
        List<Violation> violations = new ArrayList<>();
        TrackDetails next = new TrackDetails(
                required("title", change.title(), title, violations),
                required("artist", change.artist(), artist, violations),
                optional("album", change.album(), album, LONGEST, violations),
                optional("genre", change.genre(), genre, LONGEST_GENRE, violations),
                checkedYear(change.year(), year, violations),
                change.isPublic() == null ? isPublic : change.isPublic());
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return next;
    }

    private static String required(String field, @Nullable String wanted, String current, List<Violation> violations) {
        if (wanted == null) {
            return current;
        }
        String text = clean(wanted);
        if (text.isEmpty()) {
            violations.add(Violation.of(field, "The " + field + " must not be empty."));
        }
        checkLength(field, text, LONGEST, violations);
        return text;
    }

    private static @Nullable String optional(
            String field, @Nullable String wanted, @Nullable String current, int longest, List<Violation> violations) {
        if (wanted == null) {
            return current;
        }
        String text = clean(wanted);
        checkLength(field, text, longest, violations);
        return text.isEmpty() ? null : text;
    }

    private static void checkLength(String field, String text, int longest, List<Violation> violations) {
        if (text.codePointCount(0, text.length()) > longest) {
            violations.add(
                    Violation.of(field, "The " + field + " must not be longer than " + longest + " characters."));
        }
    }

    private static @Nullable Integer checkedYear(
            @Nullable Integer wanted, @Nullable Integer current, List<Violation> violations) {
        if (wanted != null && (wanted < 1000 || wanted > 2999)) {
            violations.add(new Violation("year", "The year must be between 1000 and 2999.", wanted, "1000-2999"));
        }
        return wanted == null ? current : wanted;
    }

    /** One line in composed form, without what cannot be seen. */
    static String clean(String text) {
        StringBuilder visible = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
                .filter(c -> switch (Character.getType(c)) {
                    case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
                    // joiners belong to words and emoji; the rest of the kind turns text around
                    case Character.FORMAT -> c == 0x200C || c == 0x200D;
                    default -> true;
                })
                .forEach(visible::appendCodePoint);
        return visible.toString().strip();
    }

    /** The text, cut where it is too long. */
    static String cut(String text, int longest) {
        String clean = clean(text);
        return clean.codePointCount(0, clean.length()) <= longest
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, longest)).strip();
    }
}
