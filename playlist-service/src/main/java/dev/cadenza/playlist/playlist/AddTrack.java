package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.track.FindTrack;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner or a collaborator who may write puts a track, which they may see, at the end of a playlist. */
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
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when the playlist is not the user's to write, with
     * {@link Failure.NotFound} when there is no such track for the user, with {@link Failure.Conflict} when it is in the
     * playlist already or no more fit.
     */
    public Mono<Versioned<Playlist>> add(UUID id, UUID user, UUID trackId) {
        return FindPlaylist.visible(playlists, id, user)
                .doOnNext(found -> found.state().open(user, Permission.WRITE))
                .then(findTrack.find(trackId, user))
                .flatMap(track -> playlists
                        .nextEntryNumber()
                        .flatMap(number -> playlists.change(
                                id,
                                playlist -> playlist.open(user, Permission.WRITE)
                                        .add(track, number, clock.instant().truncatedTo(ChronoUnit.MILLIS)))));
    }
}
