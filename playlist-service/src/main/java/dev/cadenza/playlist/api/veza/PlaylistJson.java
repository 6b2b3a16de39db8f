package dev.cadenza.playlist.api.veza;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaPages;
import dev.cadenza.playlist.api.CoverAddresses;
import dev.cadenza.playlist.playlist.ListCollaborators;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A playlist without its tracks, in every answer alike.
 *
 * @param trackCount of those that the reader sees
 */
record PlaylistJson(
        UUID id,
        UUID userId,
        String username,
        String title,
        String description,
        boolean isPublic,
        int trackCount,
        long followerCount,
        @Nullable String coverUrl,
        Instant createdAt,
        Instant updatedAt) {

    static PlaylistJson of(Versioned<Playlist> playlist, @Nullable UUID viewer, CoverAddresses covers) {
        Playlist state = playlist.state();
        return new PlaylistJson(
                playlist.id(),
                state.ownerId(),
                state.ownerUsername(),
                state.title(),
                state.description(),
                state.isPublic(),
                state.visibleEntries(viewer).size(),
                state.followerCount(),
                covers.of(playlist),
                state.createdAt(),
                state.updatedAt());
    }

    /** {@code {"playlist":…}}. */
    record OneJson<T>(T playlist) {}

    /** {@code {"playlists":[…],"pagination":…}}. */
    record ListJson(List<PlaylistJson> playlists, VezaPages.Pagination pagination) {}

    /** What a search finds. */
    record FoundJson(List<PlaylistJson> playlists, long total, long page, int limit) {
        static FoundJson of(Page<PlaylistJson> page) {
            VezaPages.Pagination pagination = VezaPages.of(page);
            return new FoundJson(page.items(), page.total(), pagination.page(), pagination.limit());
        }
    }

    /** {@code {"playlists":[…]}}. */
    record RowsJson(List<PlaylistJson> playlists) {}

    /**
     * A playlist with those of its tracks that the caller may see.
     *
     * @param orderVersion to be sent with a new order, so that no other one is lost
     */
    record DetailsJson(
            UUID id,
            UUID userId,
            String username,
            String title,
            String description,
            boolean isPublic,
            int trackCount,
            long followerCount,
            @Nullable String coverUrl,
            String orderVersion,
            List<TrackJson> tracks,
            Instant createdAt,
            Instant updatedAt) {
        static DetailsJson of(ReadPlaylist.Contents contents, CoverAddresses covers) {
            Playlist state = contents.playlist().state();
            return new DetailsJson(
                    contents.playlist().id(),
                    state.ownerId(),
                    state.ownerUsername(),
                    state.title(),
                    state.description(),
                    state.isPublic(),
                    contents.rows().size(),
                    state.followerCount(),
                    covers.of(contents.playlist()),
                    contents.orderVersion(),
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

    /** {@code {"collaborators":[…]}}. */
    record CollaboratorsJson(List<CollaboratorJson> collaborators) {
        static CollaboratorsJson of(List<ListCollaborators.Named> collaborators) {
            return new CollaboratorsJson(collaborators.stream()
                    .map(named -> new CollaboratorJson(
                            named.collaborator().userId(),
                            named.username(),
                            named.collaborator().permission().name().toLowerCase(Locale.ROOT),
                            named.collaborator().addedAt()))
                    .toList());
        }
    }

    /** Somebody who works on a playlist. */
    record CollaboratorJson(UUID id, String username, String permission, Instant addedAt) {}

    /** A link that opens a playlist without a login. */
    record ShareJson(String shareToken, String shareUrl, Instant expiresAt) {}

    /** What came of following, or of not following any more. */
    record FollowJson(String message, long followerCount) {}

    /** What came of another order. */
    record OrderJson(String message, String orderVersion) {}

    /** A refusal that tells how things are. */
    record StaleJson(boolean success, Error error, Current data) {
        static StaleJson of(List<UUID> trackIds, String orderVersion) {
            String message = "The playlist has changed meanwhile. Its tracks are in data.";
            return new StaleJson(
                    false,
                    new Error("PLAYLIST_ORDER_STALE", message, List.of(new Detail("track_ids", message))),
                    new Current(trackIds, orderVersion));
        }

        /** As every error of this dialect. */
        record Error(String code, String message, List<Detail> details) {}

        /** Likewise. */
        record Detail(String field, String message) {}

        /** The order that there is. */
        record Current(List<UUID> trackIds, String orderVersion) {}
    }
}
