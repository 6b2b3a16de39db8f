package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner or a collaborator who may write takes a track out of a playlist. */
public final class RemoveTrack {

    private final Playlists playlists;
    private final Clock clock;

    public RemoveTrack(Playlists playlists, Clock clock) {
        this.playlists = playlists;
        this.clock = clock;
    }

    /**
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when the playlist is not the user's to write, with
     * {@link Failure.NotFound} when the track is not in it.
     */
    public Mono<Versioned<Playlist>> remove(UUID id, UUID user, UUID trackId) {
        return playlists.change(
                id,
                playlist -> playlist.open(user, Permission.WRITE)
                        .remove(trackId, user, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
}
