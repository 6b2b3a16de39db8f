package dev.cadenza.analytics.play;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Somebody began to listen: that is a play. Harmless to repeat. */
public final class CountStream {

    private final Plays plays;

    public CountStream(Plays plays) {
        this.plays = plays;
    }

    /** Completes when the play is stored; its id is that of the stream. */
    public Mono<Void> count(UUID streamId, UUID trackId, UUID ownerId, @Nullable UUID listenerId, Instant at) {
        return plays.record(streamId, Play.started(trackId, ownerId, listenerId, at));
    }
}
