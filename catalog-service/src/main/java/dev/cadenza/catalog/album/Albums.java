package dev.cadenza.catalog.album;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All albums. No two of them have the same track: a write that would make it so fails with Conflict {@link #TAKEN}. */
public interface Albums {

    /** Code of the conflict over a track that is in another album. */
    String TAKEN = "album.track_taken";

    /** Stores a new one. */
    Mono<Versioned<Album>> add(UUID id, Change<Album, AlbumEvent> change);

    /** Empty where there is none. */
    Mono<Versioned<Album>> find(UUID id);

    /** Reads, applies, writes, again on a lost race; empty where there is none. */
    Mono<Versioned<Album>> change(UUID id, Function<Album, Change<Album, AlbumEvent>> transition);

    /** Removes it; fails with Conflict where it has changed since it was read. */
    Mono<Void> remove(Versioned<Album> album, AlbumEvent event);

    /** Removes all of one owner. */
    Mono<Void> removeAllOf(UUID ownerId, AlbumEvent event);

    /** A part of one owner's albums that the viewer may see, newest first. */
    Flux<Versioned<Album>> of(UUID ownerId, @Nullable UUID viewer, Paging paging);

    /** Those of these ids that there are, in no particular order. */
    Flux<Versioned<Album>> all(Collection<UUID> ids);

    /** The ids of all of them. */
    Flux<UUID> ids();

    /** Called after each write of this process with the id; must not block. */
    void afterWrite(Consumer<UUID> listener);

    /** Those in which one of these tracks is. */
    Flux<Versioned<Album>> containing(Collection<UUID> trackIds);

    /** Those with a {@link Album#departure() departure} from before this moment. */
    Flux<Versioned<Album>> departedBefore(Instant time);
}
