package dev.cadenza.catalog.api.musewave;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadenza.catalog.album.Album;
import dev.cadenza.catalog.album.AlbumDetails;
import dev.cadenza.catalog.album.ListAlbums;
import dev.cadenza.catalog.album.ShownAlbum;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of albums.
 *
 * @param trackCount tracks that the viewer sees
 * @param tracks those, in order, where one album is asked for; not there in lists
 */
record AlbumJson(
        UUID id,
        UUID userId,
        String title,
        String artist,
        @Nullable String genre,
        @Nullable String description,
        @Nullable String coverUrl,
        @Nullable String coverGradient,
        @Nullable Instant releaseDate,
        boolean published,
        int trackCount,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TrackJson> tracks) {

    static AlbumJson of(ListAlbums.Listed listed) {
        return of(listed.album(), listed.trackCount(), null);
    }

    static AlbumJson of(ShownAlbum shown) {
        return of(shown.album(), shown.tracks().size(), null);
    }

    static AlbumJson of(ShownAlbum shown, List<TrackJson> tracks) {
        return of(shown.album(), shown.tracks().size(), tracks);
    }

    private static AlbumJson of(Versioned<Album> album, int trackCount, @Nullable List<TrackJson> tracks) {
        Album state = album.state();
        AlbumDetails details = state.details();
        return new AlbumJson(
                album.id(),
                state.ownerId(),
                details.title(),
                details.artist(),
                details.genre(),
                details.description(),
                details.coverUrl(),
                details.coverGradient(),
                details.releaseDate(),
                details.isPublic(),
                trackCount,
                state.createdAt(),
                state.updatedAt(),
                tracks);
    }

    /** What a body says about an album. */
    static AlbumDetails.Change change(Body body) {
        return new AlbumDetails.Change(
                body.text("title"),
                body.text("artist"),
                body.text("genre"),
                body.text("description"),
                body.text("cover_url"),
                body.text("cover_gradient"),
                body.moment("release_date"),
                body.removes("release_date"),
                body.flag("published"));
    }

    /** How the description shows a creation; what is read is a map, since null is not the same as nothing. */
    record Creation(
            @Nullable UUID userId,
            String title,
            @Nullable String artist,
            @Nullable String genre,
            @Nullable String description,
            @Nullable String coverUrl,
            @Nullable String coverGradient,
            @Nullable Instant releaseDate,
            @Nullable Boolean published,
            @Nullable List<UUID> trackIds) {}

    /** How it shows a change. */
    record Change(
            @Nullable String title,
            @Nullable String artist,
            @Nullable String genre,
            @Nullable String description,
            @Nullable String coverUrl,
            @Nullable String coverGradient,
            @Nullable Instant releaseDate,
            @Nullable Boolean published,
            @Nullable List<UUID> trackIds) {}
}
