package dev.cadenza.playlist.api.veza;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaPages;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A playlist without its tracks. */
record PlaylistJson(
        UUID id,
        UUID userId,
        String username,
        String title,
        String description,
        boolean isPublic,
        int trackCount,
        Instant createdAt,
        Instant updatedAt) {

    static PlaylistJson of(Versioned<Playlist> playlist) {
        Playlist state = playlist.state();
        return new PlaylistJson(
                playlist.id(),
                state.ownerId(),
                state.ownerUsername(),
                state.title(),
                state.description(),
                state.isPublic(),
                state.entries().size(),
                state.createdAt(),
                state.updatedAt());
    }

    /** {@code {"playlist":…}}. */
    record OneJson<T>(T playlist) {}

    /** {@code {"playlists":[…],"pagination":…}}. */
    record ListJson(List<RowJson> playlists, VezaPages.Pagination pagination) {
        static ListJson of(Page<Versioned<Playlist>> page) {
            return new ListJson(page.map(RowJson::of).items(), VezaPages.of(page));
        }
    }

    /**
     * A row of the list.
     *
     * @param followerCount nobody can follow a playlist yet, so nobody does
     */
    record RowJson(
            UUID id,
            UUID userId,
            String username,
            String title,
            String description,
            boolean isPublic,
            int trackCount,
            int followerCount,
            Instant createdAt) {
        static RowJson of(Versioned<Playlist> playlist) {
            Playlist state = playlist.state();
            return new RowJson(
                    playlist.id(),
                    state.ownerId(),
                    state.ownerUsername(),
                    state.title(),
                    state.description(),
                    state.isPublic(),
                    state.entries().size(),
                    0,
                    state.createdAt());
        }
    }

    /** A playlist with those of its tracks that the caller may see. */
    record DetailsJson(
            UUID id,
            UUID userId,
            String username,
            String title,
            String description,
            boolean isPublic,
            int trackCount,
            List<TrackJson> tracks,
            Instant createdAt,
            Instant updatedAt) {
        static DetailsJson of(ReadPlaylist.Contents contents) {
            Playlist state = contents.playlist().state();
            return new DetailsJson(
                    contents.playlist().id(),
                    state.ownerId(),
                    state.ownerUsername(),
                    state.title(),
                    state.description(),
                    state.isPublic(),
                    state.entries().size(),
                    contents.rows().stream().map(TrackJson::of).toList(),
                    state.createdAt(),
                    state.updatedAt());
        }
    }

    /** A track in a playlist; duration in whole seconds. */
    record TrackJson(UUID id, String title, String artist, long duration, int position, Instant addedAt) {
        static TrackJson of(ReadPlaylist.Row row) {
            return new TrackJson(
                    row.track().id(),
                    row.track().title(),
                    row.track().artist(),
                    Math.round(row.track().durationSeconds()),
                    row.position(),
                    row.addedAt());
        }
    }
}
