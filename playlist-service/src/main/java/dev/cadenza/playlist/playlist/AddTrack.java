package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.track.FindTrack;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner puts a track, which the owner may see, at the end of a playlist. */
public final class AddTrack {

    private final Playlists playlists;
    private final FindTrack findTrack;
    private final Clock clock;

    public AddTrack(Playlists playlists, FindTrack findTrack, Clock clock) {
        this.playlists = playlists;
        this.findTrack = findTrack;
        this.clock = clock;
    }

    /**
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when the playlist is not the user's own, with
     * {@link Failure.NotFound} when there is no such track for the user, with {@link Failure.Conflict} when it is in the
     * playlist already or no more fit.
     */
    public Mono<Versioned<Playlist>> add(UUID id, UUID user, UUID trackId) {
        return FindPlaylist.own(playlists, id, user)
                .then(findTrack.find(trackId, user))
                .flatMap(track -> playlists.change(
                        id, playlist -> playlist.add(trackId, clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                .switchIfEmpty(FindPlaylist.absent());
    }
}
