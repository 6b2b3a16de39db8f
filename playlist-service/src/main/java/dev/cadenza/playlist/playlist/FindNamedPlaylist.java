package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Finds the playlist that somebody means by a title or a number. */
public final class FindNamedPlaylist {

    private final Playlists playlists;

    public FindNamedPlaylist(Playlists playlists) {
        this.playlists = playlists;
    }

    /**
     * Their own of this title, else one that they work on, else a public one, else the one of this number; empty where they
     * may see none.
     */
    public Mono<Versioned<Playlist>> find(String name, UUID user) {
        return playlists
                .titled(name, user)
                .switchIfEmpty(Mono.defer(
                        () -> name.matches("[0-9]{1,18}") ? find(Long.parseLong(name), user) : Mono.empty()));
    }

    /** The one of this number; empty where they may not see it. */
    public Mono<Versioned<Playlist>> find(long number, UUID user) {
        return playlists.numbered(number).filter(playlist -> playlist.state().visibleTo(user));
    }
}
