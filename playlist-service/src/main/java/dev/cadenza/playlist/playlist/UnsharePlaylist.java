package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The owner or an administrator of a playlist makes all links to it worthless. */
public final class UnsharePlaylist {

    private final Playlists playlists;

    public UnsharePlaylist(Playlists playlists) {
        this.playlists = playlists;
    }

    /** Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when it is not the user's to share. */
    public Mono<Void> unshare(UUID id, UUID user) {
        return playlists
                .change(id, playlist -> playlist.open(user, Permission.ADMIN).unshare())
                .then();
    }
}
