package dev.cadenza.analytics.play;

import dev.cadenza.platform.events.ErasedAccounts;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Somebody began to listen: that is a play. Harmless to repeat. */
public final class CountStream {

    private final Plays plays;
    private final ErasedAccounts erased;

    public CountStream(Plays plays, ErasedAccounts erased) {
        this.plays = plays;
        this.erased = erased;
    }

    /** Completes when the play is stored; its id is that of the stream. A listener whose account is gone is nobody. */
    public Mono<Void> count(UUID streamId, UUID trackId, UUID ownerId, @Nullable UUID listenerId, Instant at) {
        return (listenerId == null ? Mono.just(false) : erased.contain(listenerId))
                .flatMap(gone -> plays.record(streamId, Play.started(trackId, ownerId, gone ? null : listenerId, at)));
    }
}
