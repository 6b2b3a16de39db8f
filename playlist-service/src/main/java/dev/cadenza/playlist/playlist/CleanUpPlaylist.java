package dev.cadenza.playlist.playlist;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** A playlist is gone: its picture goes, and nobody follows it any more. Harmless to repeat. */
public final class CleanUpPlaylist {

    private final Covers covers;
    private final Follows follows;

    public CleanUpPlaylist(Covers covers, Follows follows) {
        this.covers = covers;
        this.follows = follows;
    }

    /** Completes when nothing of it is left. */
    public Mono<Void> cleanUp(UUID playlistId) {
        return covers.deleteAll(playlistId).then(follows.deleteAllOf(playlistId));
    }
}
