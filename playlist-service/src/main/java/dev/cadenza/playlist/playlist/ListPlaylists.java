package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Playlists that somebody may see. */
public final class ListPlaylists {

    private final Playlists playlists;

    public ListPlaylists(Playlists playlists) {
        this.playlists = playlists;
    }

    /**
     * Public ones and the viewer's own, newest first.
     *
     * @param ownerId only this user's; null: everybody's
     */
    public Mono<Page<Versioned<Playlist>>> list(UUID viewer, @Nullable UUID ownerId, Paging paging) {
        return playlists.visibleTo(viewer, ownerId, paging);
    }
}
