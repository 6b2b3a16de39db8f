package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner changes what is said about a playlist. */
public final class UpdatePlaylist {

    private final Playlists playlists;
    private final Clock clock;

    public UpdatePlaylist(Playlists playlists, Clock clock) {
        this.playlists = playlists;
        this.clock = clock;
    }

    /**
     * Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when it is not the user's own, with
     * {@link Failure.Invalid} naming every wrong field.
     */
    public Mono<Versioned<Playlist>> update(UUID id, UUID user, PlaylistFacts facts) {
        return FindPlaylist.own(playlists, id, user)
                .flatMap(own -> playlists.change(
                        id, playlist -> playlist.update(facts, clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                .switchIfEmpty(FindPlaylist.absent());
    }
}
