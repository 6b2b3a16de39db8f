package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A user does not follow a playlist any more, also where they may not see it any more; again changes nothing. */
public final class UnfollowPlaylist {

    private final Playlists playlists;
    private final Follows follows;

    public UnfollowPlaylist(Playlists playlists, Follows follows) {
        this.playlists = playlists;
        this.follows = follows;
    }

    /** Fails with {@link Failure.NotFound} when it is absent or somebody else's private one. */
    public Mono<Versioned<Playlist>> unfollow(UUID id, UUID user) {
        return follows.remove(id, user)
                .then(Mono.defer(() -> playlists.recount(id, follows.count(id))))
                .filter(playlist -> playlist.state().visibleTo(user))
                .switchIfEmpty(Mono.error(FindPlaylist::absent));
    }
}
