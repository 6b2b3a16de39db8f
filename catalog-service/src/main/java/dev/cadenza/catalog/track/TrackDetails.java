package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
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
 * @param notes the rest
 */
public record TrackDetails(
        String title,
        String artist,
        @Nullable String album,
        @Nullable String genre,
        @Nullable Integer year,
        boolean isPublic,
        TrackNotes notes) {

    /** Longest title, artist and album. */
    public static final int LONGEST = 200;

    /** Longest genre. */
    public static final int LONGEST_GENRE = 100;

    private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern EDGES = Pattern.compile("^-|-$");

    /** Without notes where stored documents lack them. */
    public TrackDetails {
        notes = Objects.requireNonNullElse(notes, TrackNotes.NONE);
    }

    /** Details without notes. */
    public TrackDetails(
            String title,
            String artist,
            @Nullable String album,
            @Nullable String genre,
            @Nullable Integer year,
            boolean isPublic) {
        this(title, artist, album, genre, year, isPublic, TrackNotes.NONE);
    }

    /**
     * A wish to change some of it: null leaves a field as it is, an empty album or genre removes it.
     */
    public record Change(
            @Nullable String title,
            @Nullable String artist,
            @Nullable String album,
            @Nullable String genre,
            @Nullable Integer year,
            @Nullable Boolean isPublic,
            TrackNotes.Change notes) {

        /** Changes nothing. */
        public static final Change NONE = new Change(null, null, null, null, null, null);

        /** Leaves the notes as they are. */
        public Change(
                @Nullable String title,
                @Nullable String artist,
                @Nullable String album,
                @Nullable String genre,
                @Nullable Integer year,
                @Nullable Boolean isPublic) {
            this(title, artist, album, genre, year, isPublic, TrackNotes.Change.NONE);
        }

        /** {@link Failure.Invalid} where this is allowed of no track. */
        public void demandValid() {
            new TrackDetails("", "", null, null, null, true).with(this);
        }
    }

    /** The artist's name as a part of an address: as the owner gives it, else made of the name. */
    public String artistSlug() {
        String given = notes.artistSlug();
        return given == null
                ? EDGES.matcher(APART.matcher(SearchText.folded(artist)).replaceAll("-"))
                        .replaceAll("")
                : given;
    }

    /** The details with the change, or {@link Failure.Invalid} naming every wrong field. */
    public TrackDetails with(Change change) {
        List<Violation> violations = new ArrayList<>();
        TrackDetails next = with(change, violations);
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return next;
    }

    /** The details with the change; whatever is wrong with it is added to the violations. */
    TrackDetails with(Change change, List<Violation> violations) {
        return new TrackDetails(
                TextFields.required("title", change.title(), title, LONGEST, violations),
                TextFields.required("artist", change.artist(), artist, LONGEST, violations),
                TextFields.optional("album", change.album(), album, LONGEST, violations),
                TextFields.optional("genre", change.genre(), genre, LONGEST_GENRE, violations),
                checkedYear(change.year(), year, violations),
                change.isPublic() == null ? isPublic : change.isPublic(),
                notes.with(change.notes(), violations));
    }

    private static @Nullable Integer checkedYear(
            @Nullable Integer wanted, @Nullable Integer current, List<Violation> violations) {
        if (wanted != null && (wanted < 1000 || wanted > 2999)) {
            violations.add(new Violation("year", "The year must be between 1000 and 2999.", wanted, "1000-2999"));
        }
        return wanted == null ? current : wanted;
    }
}
