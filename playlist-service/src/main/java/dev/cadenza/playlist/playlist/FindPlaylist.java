package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A playlist for somebody who may see it. */
public final class FindPlaylist {

    private final Playlists playlists;

    public FindPlaylist(Playlists playlists) {
        this.playlists = playlists;
    }

    /** Fails with {@link Failure.NotFound} when it is absent or somebody else's private one. */
    public Mono<Versioned<Playlist>> find(long number, @Nullable UUID viewer) {
        return visible(playlists.numbered(number), viewer);
    }

    static Mono<Versioned<Playlist>> visible(Playlists playlists, UUID id, @Nullable UUID viewer) {
        return visible(playlists.find(id), viewer);
    }

    private static Mono<Versioned<Playlist>> visible(Mono<Versioned<Playlist>> found, @Nullable UUID viewer) {
        return found.filter(playlist -> playlist.state().visibleTo(viewer))
                .switchIfEmpty(Mono.error(FindPlaylist::absent));
    }

    static FailureException absent() {
        return Failure.notFound("playlist.not_found", "Playlist not found.");
    }
}
