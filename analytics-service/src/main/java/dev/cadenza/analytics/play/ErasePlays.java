package dev.cadenza.analytics.play;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** An account is gone: its plays stay counted, but nobody knows any more whose they were. */
public final class ErasePlays implements PersonalData {

    private final Plays plays;

    public ErasePlays(Plays plays) {
        this.plays = plays;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return plays.forget(account);
    }
}
