package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A user follows somebody else's playlist; again changes nothing. */
public final class FollowPlaylist {

    private final Playlists playlists;
    private final Follows follows;
    private final Clock clock;

    public FollowPlaylist(Playlists playlists, Follows follows, Clock clock) {
        this.playlists = playlists;
        this.follows = follows;
        this.clock = clock;
    }

    /**
     * Fails with {@link Failure.NotFound} when it is absent or somebody else's private one, with {@link Failure.Conflict}
     * when it is the user's own.
     */
    public Mono<Versioned<Playlist>> follow(UUID id, UUID user, String username) {
        return FindPlaylist.visible(playlists, id, user)
                .flatMap(playlist -> playlist.state().ownerId().equals(user)
                        ? Mono.error(Failure.conflict("playlist.own", "This playlist is your own."))
                        : follows.add(new Follow(
                                id,
                                playlist.state().ownerId(),
                                user,
                                username,
                                clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                .then(Mono.defer(() -> playlists.recount(id, follows.count(id))));
    }
}
