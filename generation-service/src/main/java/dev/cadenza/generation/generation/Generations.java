package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All generations. */
public interface Generations {

    /** Keeps a new one. */
    Mono<Versioned<Generation>> add(UUID id, Change<Generation, GenerationEvent> change);

    /** Somebody's own, by its public id; empty for anybody else's. */
    Mono<Versioned<Generation>> find(String publicId, UUID ownerId);

    /** The finished one whose song has this public id. */
    Mono<Versioned<Generation>> findByTrack(String trackId);

    /** Those of these that there are. */
    Flux<Versioned<Generation>> existing(Collection<UUID> ids);

    /** Changes one; empty when absent. */
    Mono<Versioned<Generation>> change(UUID id, Function<Generation, Change<Generation, GenerationEvent>> transition);

    /**
     * Somebody's own, a part of the list.
     *
     * @param status null for all
     */
    Mono<Page<Versioned<Generation>>> of(
            UUID ownerId, @Nullable GenerationStatus status, GenerationOrder order, Paging paging);

    /** How many somebody has of each status; those of which there are none may be left out. */
    Mono<Map<GenerationStatus, Long>> counts(UUID ownerId);

    /** Removes all of somebody, and calls off their jobs by the same writes; the ids of those that are gone. */
    Flux<UUID> removeAllOf(UUID ownerId, GenerationEvent event);
}
