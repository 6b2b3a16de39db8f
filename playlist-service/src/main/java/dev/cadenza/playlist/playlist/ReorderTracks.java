package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner changes the order of a playlist. */
public final class ReorderTracks {

    private final Playlists playlists;
    private final Clock clock;

    public ReorderTracks(Playlists playlists, Clock clock) {
        this.playlists = playlists;
        this.clock = clock;
    }

    /**
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when the playlist is not the user's own, with
     * {@link Failure.Invalid} when an id is not in it or is named twice.
     */
    public Mono<Versioned<Playlist>> reorder(UUID id, UUID user, List<UUID> trackIds) {
        return FindPlaylist.own(playlists, id, user)
                .flatMap(own -> playlists.change(
                        id,
                        playlist -> playlist.reorder(trackIds, clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                .switchIfEmpty(FindPlaylist.absent());
    }
}
