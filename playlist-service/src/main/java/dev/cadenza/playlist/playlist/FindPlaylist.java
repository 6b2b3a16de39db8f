package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The rule of who finds which playlist. */
final class FindPlaylist {

    private FindPlaylist() {}

    /** Fails with {@link Failure.NotFound} when it is absent or somebody else's private one. */
    static Mono<Versioned<Playlist>> visible(Playlists playlists, UUID id, UUID viewer) {
        return playlists
                .find(id)
                .filter(playlist -> playlist.state().visibleTo(viewer))
                .switchIfEmpty(absent());
    }

    /** Fails like {@link #visible}, and with {@link Failure.Forbidden} when it is somebody else's public one. */
    static Mono<Versioned<Playlist>> own(Playlists playlists, UUID id, UUID user) {
        return visible(playlists, id, user)
                .filter(playlist -> playlist.state().ownerId().equals(user))
                .switchIfEmpty(Mono.error(
                        () -> Failure.forbidden("playlist.not_yours", "This playlist is not yours to change.")));
    }

    static <T> Mono<T> absent() {
        return Mono.error(() -> Failure.notFound("playlist.not_found", "Playlist not found."));
    }
}
