package dev.cadenza.catalog.track;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Downloads as they happened. */
public interface Downloads {

    /**
     * Somebody began to download a track.
     *
     * @param listenerId null for somebody without an identity
     */
    record Started(UUID trackId, UUID ownerId, @Nullable UUID listenerId, Instant startedAt) {}

    /** Notes it; a repeat with the same id changes nothing. */
    Mono<Void> add(UUID id, Started started);

    /** How often a track was downloaded. */
    Mono<Long> of(UUID trackId);

    /** Makes the downloads of this person nobody's. */
    Mono<Void> forget(UUID listenerId);
}
