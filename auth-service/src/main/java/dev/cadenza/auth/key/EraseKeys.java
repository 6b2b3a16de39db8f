package dev.cadenza.auth.key;

import dev.cadenza.auth.account.Erasure;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes the keys of an account that is being deleted, and revokes those that still work. */
@Component
class EraseKeys implements Erasure {

    private final KeyRings rings;
    private final Clock clock;

    EraseKeys(KeyRings rings, Clock clock) {
        this.rings = rings;
        this.clock = clock;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return rings.delete(account, ring -> ring.allRevoked(clock.instant()).events());
    }
}
