package dev.cadenza.playlist.playlist;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Somebody follows a playlist, or not any more: its count becomes right, whatever died on the way. Harmless to repeat. */
public final class CountFollowers {

    private final Playlists playlists;
    private final Follows follows;

    public CountFollowers(Playlists playlists, Follows follows) {
        this.playlists = playlists;
        this.follows = follows;
    }

    /** A follow of a playlist that is gone goes, too. */
    public Mono<Void> count(UUID playlistId) {
        return playlists
                .recount(playlistId, follows.count(playlistId))
                .then()
                .onErrorResume(Absence::isPlaylists, gone -> follows.deleteAllOf(playlistId));
    }
}
