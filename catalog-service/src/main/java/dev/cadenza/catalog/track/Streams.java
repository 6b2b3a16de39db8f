package dev.cadenza.catalog.track;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Every beginning of a listening, as a fact. */
public interface Streams {

    /**
     * Somebody began to listen.
     *
     * @param listenerId null for somebody without an identity
     */
    record Started(UUID trackId, UUID ownerId, @Nullable UUID listenerId, double durationSeconds, Instant startedAt) {}

    /** Stores it. */
    Mono<Void> add(UUID id, Started started);

    /** Somebody's listenings become those of somebody without an identity. */
    Mono<Void> forget(UUID listenerId);
}
