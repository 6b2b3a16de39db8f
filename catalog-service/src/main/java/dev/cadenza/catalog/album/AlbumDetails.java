package dev.cadenza.catalog.album;

import dev.cadenza.catalog.track.TextFields;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner says about an album.
 *
 * @param title 1 to 200 characters
 * @param artist 1 to 200 characters
 * @param genre 1 to 100 characters; null where there is none
 * @param description at most 5,000 characters; null where there is none
 * @param coverUrl http or https address of a picture; null where there is none
 * @param coverGradient how a client paints what has no cover, at most 200 characters; null where there is none
 * @param releaseDate null where unknown
 * @param isPublic whether everybody sees it
 */
public record AlbumDetails(
        String title,
        String artist,
        @Nullable String genre,
        @Nullable String description,
        @Nullable String coverUrl,
        @Nullable String coverGradient,
        @Nullable Instant releaseDate,
        boolean isPublic) {

    private static final int LONGEST_DESCRIPTION = 5_000;
    private static final int LONGEST_GRADIENT = 200;

    /**
     * A wish to change some of it: null leaves a field as it is, an empty text removes it.
     *
     * @param undated removes the date of the release
     */
    public record Change(
            @Nullable String title,
            @Nullable String artist,
            @Nullable String genre,
            @Nullable String description,
            @Nullable String coverUrl,
            @Nullable String coverGradient,
            @Nullable Instant releaseDate,
            boolean undated,
            @Nullable Boolean isPublic) {

        /** Changes nothing. */
        public static final Change NONE = new Change(null, null, null, null, null, null, null, false, null);
    }

    /** Of a new album; the artist is the owner where none is named. {@link Failure.Invalid} naming every wrong field. */
    static AlbumDetails of(Change told, String owner) {
        return new AlbumDetails("", owner, null, null, null, null, null, false).with(told);
    }

    /** The details with the change, or {@link Failure.Invalid} naming every wrong field. */
    AlbumDetails with(Change change) {
        List<Violation> violations = new ArrayList<>();
        AlbumDetails next = new AlbumDetails(
                TextFields.required(
                        "title",
                        // a new album has none yet, and needs one
                        change.title() == null && title.isEmpty() ? "" : change.title(),
                        title,
                        TrackDetails.LONGEST,
                        violations),
                TextFields.required("artist", change.artist(), artist, TrackDetails.LONGEST, violations),
                TextFields.optional("genre", change.genre(), genre, TrackDetails.LONGEST_GENRE, violations),
                TextFields.optionalLines(
                        "description", change.description(), description, LONGEST_DESCRIPTION, violations),
                TextFields.address("cover_url", change.coverUrl(), coverUrl, violations),
                TextFields.optional(
                        "cover_gradient", change.coverGradient(), coverGradient, LONGEST_GRADIENT, violations),
                change.undated() ? null : change.releaseDate() == null ? releaseDate : change.releaseDate(),
                change.isPublic() == null ? isPublic : change.isPublic());
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return next;
    }
}
