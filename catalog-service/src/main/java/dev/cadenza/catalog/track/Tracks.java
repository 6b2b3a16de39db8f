package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All tracks. */
public interface Tracks {

    /** Stores a new one. */
    Mono<Versioned<Track>> add(UUID id, Change<Track, TrackEvent> change);

    /** Empty where there is none. */
    Mono<Versioned<Track>> find(UUID id);

    /** By integer id; empty where there is none. */
    Mono<Versioned<Track>> findByNumber(long number);

    /** Those of these ids that there are, in no particular order. */
    Flux<Versioned<Track>> all(Collection<UUID> ids);

    /** Those of these ids that this viewer (null: somebody without an identity) may see. */
    Flux<UUID> visible(Collection<UUID> ids, @Nullable UUID viewer);

    /** Whether this owner has a track of exactly this title. */
    Mono<Boolean> hasTitle(UUID ownerId, String title);

    /** Reads, applies, writes, again on a lost race; empty where there is none. */
    Mono<Versioned<Track>> change(UUID id, Function<Track, Change<Track, TrackEvent>> transition);

    /** Removes it; fails with Conflict where it has changed since it was read. */
    Mono<Void> remove(Versioned<Track> track, TrackEvent event);

    /** Removes all of one owner; the ids of those that are gone. */
    Flux<UUID> removeAllOf(UUID ownerId, TrackEvent event);

    /** The ids of all of them. */
    Flux<UUID> ids();

    /** Called after each write of this process with the id; must not block. */
    void afterWrite(Consumer<UUID> listener);

    /** Those that nobody analyses although they need it, oldest first. */
    Flux<UUID> awaitingAnalysis(Instant now, int limit);

    /** Bytes that the tracks of one owner take together, without these and those that failed. */
    Mono<Long> bytesOf(UUID ownerId, Collection<UUID> except);

    /** Those of these ids whose bytes are kept: tracks that there are, and that did not fail. */
    Flux<UUID> kept(Collection<UUID> ids);
}
