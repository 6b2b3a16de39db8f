package dev.cadenza.playlist.playlist.messaging;

import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.PlaylistEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Playlists as the other services read them. */
public final class PlaylistEventTranslator {

    /** Where they go. */
    public static final String TOPIC = "playlist.playlist.v1";

    private PlaylistEventTranslator() {}

    /** The message of a domain event. */
    public static EventMessage translate(Versioned<Playlist> playlist, PlaylistEvent event) {
        return switch (event) {
            case PlaylistEvent.Created created -> message("playlist.playlist.created", playlist, null);
            case PlaylistEvent.Updated updated -> message("playlist.playlist.updated", playlist, null);
            case PlaylistEvent.Deleted deleted -> message("playlist.playlist.deleted", playlist, null);
            case PlaylistEvent.Erased erased -> erased(playlist);
            case PlaylistEvent.TrackAdded added -> message("playlist.playlist.track_added", playlist, added.trackId());
            case PlaylistEvent.TrackRemoved removed ->
                message("playlist.playlist.track_removed", playlist, removed.trackId());
        };
    }

    /** The last word about a playlist stays on its topic for ever. */
    private static EventMessage erased(Versioned<Playlist> playlist) {
        Playlist state = playlist.state();
        return new EventMessage(
                "playlist.playlist.deleted",
                1,
                new PlaylistSnapshot(
                        playlist.id(),
                        playlist.requireNumber(),
                        state.ownerId(),
                        "",
                        "",
                        false,
                        List.of(),
                        null,
                        state.createdAt(),
                        "",
                        List.of(),
                        0L));
    }

    private static EventMessage message(String type, Versioned<Playlist> playlist, @Nullable UUID changedTrackId) {
        Playlist state = playlist.state();
        return new EventMessage(
                type,
                1,
                new PlaylistSnapshot(
                        playlist.id(),
                        playlist.requireNumber(),
                        state.ownerId(),
                        state.title(),
                        state.description(),
                        state.isPublic(),
                        state.entries().stream().map(Playlist.Entry::trackId).toList(),
                        changedTrackId,
                        state.createdAt(),
                        state.ownerUsername(),
                        state.collaborators().stream()
                                .map(Playlist.Collaborator::userId)
                                .toList(),
                        state.followerCount()));
    }
}
