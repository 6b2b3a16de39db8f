package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All playlists. */
public interface Playlists {

    /** Stores a new one. */
    Mono<Versioned<Playlist>> add(UUID id, Change<Playlist, PlaylistEvent> created);

    /** Empty when there is none. */
    Mono<Versioned<Playlist>> find(UUID id);

    /** Changes what is there, again on a lost race; empty when there is none. */
    Mono<Versioned<Playlist>> change(UUID id, Function<Playlist, Change<Playlist, PlaylistEvent>> transition);

    /** Removes one; fails with a conflict when it is not as it was read. */
    Mono<Void> delete(Versioned<Playlist> playlist, List<PlaylistEvent> events);

    /** Removes all of one owner; how many. */
    Mono<Long> deleteAllOf(UUID ownerId, List<PlaylistEvent> events);

    /**
     * Playlists that {@code viewer} may see, newest first.
     *
     * @param ownerId only this user's; null: everybody's
     */
    Mono<Page<Versioned<Playlist>>> visibleTo(UUID viewer, @Nullable UUID ownerId, Paging paging);

    /** Ids of all playlists with this track. */
    Flux<UUID> containing(UUID trackId);
}
