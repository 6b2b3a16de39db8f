package dev.cadenza.analytics.play;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All plays. */
public interface Plays {

    /** Counts a play; a repeat of the id changes nothing. */
    Mono<Void> record(UUID id, Play play);

    /** Stores how long a play was listened to; only the first report of a play counts. */
    Mono<Void> record(UUID playId, Listening listening);

    /** Newest play of a track by a listener since a moment, of which is not known yet how long it was; empty if none. */
    Mono<UUID> unreported(UUID trackId, UUID listenerId, Instant since);

    /** Somebody's plays become those of somebody without an identity, and nobody knows on what they were heard. */
    Mono<Void> forget(UUID listenerId);

    /** The different tracks that somebody ever heard. */
    Flux<UUID> heardBy(UUID listenerId);

    /** Somebody's plays but those of some tracks, newest first. */
    Mono<Page<Play>> history(UUID listenerId, Set<UUID> withoutTracks, Paging paging);

    /** Numbers over all time. */
    Mono<TrackStats> stats(UUID trackId);

    /** Plays by day, from this day on; days without are left out. */
    Mono<Map<String, Long>> byDay(UUID trackId, String firstDay);
}
