package dev.cadenza.analytics.track;

import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The local copies of the catalog's tracks. */
public interface Tracks {

    /** Empty when there is no such track, it was deleted, or its event has not arrived yet. */
    Mono<Track> find(UUID id);

    /** Those of these that there are, in no particular order. */
    Flux<Track> find(Collection<UUID> ids);

    /** Takes over a newer state; older ones and repeats change nothing. */
    Mono<Void> store(Track track, long seq);

    /** Forgets a deleted track for good. */
    Mono<Void> remove(UUID id, long seq);
}
