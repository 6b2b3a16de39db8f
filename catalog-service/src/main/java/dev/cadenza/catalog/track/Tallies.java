package dev.cadenza.catalog.track;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Local copies of what other services count. Repeated and late messages change nothing. */
public interface Tallies {

    /** A user likes a track, or does not any more; {@code seq} orders what is said about this pair. */
    Mono<Void> like(UUID trackId, UUID userId, long seq, boolean liked);

    /** A listening was counted. */
    Mono<Void> play(UUID playId, long seq, UUID trackId);

    /** What is known of a track. */
    Mono<TrackCounts> of(UUID trackId);
}
