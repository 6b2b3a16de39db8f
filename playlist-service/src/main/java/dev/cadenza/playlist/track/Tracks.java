package dev.cadenza.playlist.track;

import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The local copies of the catalog's tracks. */
public interface Tracks {

    /** Empty when there is no such track, it was deleted, or its event has not arrived yet. */
    Mono<Track> find(UUID id);

    /** Those that are there, in no particular order. */
    Flux<Track> find(Collection<UUID> ids);

    /** By integer id; empty likewise. */
    Mono<Track> numbered(long number);

    /** The oldest of this title that is this owner's. */
    Mono<Track> titled(String title, UUID ownerId);

    /** The oldest of this title that everybody may see. */
    Mono<Track> publicTitled(String title);

    /** Takes over a newer state; older ones and repeats change nothing. */
    Mono<Void> store(Track track, long seq);

    /** Forgets a deleted track for good. */
    Mono<Void> remove(UUID id, long seq);
}
