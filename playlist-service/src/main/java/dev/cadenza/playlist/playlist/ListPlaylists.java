package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import reactor.core.publisher.Mono;

/** Playlists that somebody may see. */
public final class ListPlaylists {

    private final Playlists playlists;

    public ListPlaylists(Playlists playlists) {
        this.playlists = playlists;
    }

    /** Public ones, the viewer's own, and those on which they work, newest first. */
    public Mono<Page<Versioned<Playlist>>> list(PlaylistFilter filter, Paging paging) {
        return playlists.browse(filter, paging);
    }
}
