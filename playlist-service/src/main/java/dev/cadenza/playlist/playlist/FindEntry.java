package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** An entry by its number, for those who work on its playlist and see its track. */
public final class FindEntry {

    private final Playlists playlists;

    public FindEntry(Playlists playlists) {
        this.playlists = playlists;
    }

    /** An entry, and where it is. */
    public record Placed(Versioned<Playlist> playlist, Playlist.Entry entry) {}

    /** Fails with {@link Failure.NotFound} for others. */
    public Mono<Placed> find(long number, UUID user) {
        return playlists
                .holding(number)
                .filter(playlist -> playlist.state().permissionOf(user).isPresent())
                .flatMap(playlist -> Mono.justOrEmpty(playlist.state().entry(number))
                        .filter(entry -> entry.visibleTo(user))
                        .map(entry -> new Placed(playlist, entry)))
                .next()
                .switchIfEmpty(Mono.error(Playlist::noEntry));
    }
}
