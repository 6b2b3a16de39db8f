package dev.cadenza.auth.key;

import dev.cadenza.auth.key.KeyEvent.Revoked;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Revokes all keys of an account. */
@Component
public class RevokeKeys {

    private final KeyRings rings;
    private final Clock clock;

    RevokeKeys(KeyRings rings, Clock clock) {
        this.rings = rings;
        this.clock = clock;
    }

    /** How many there were; may be repeated. */
    public Mono<Long> ofAccount(UUID account) {
        return Mono.defer(() -> {
            AtomicLong revoked = new AtomicLong();
            return rings.change(account, ring -> {
                        var change = ring.allRevoked(clock.instant());
                        revoked.set(change.events().stream()
                                .filter(Revoked.class::isInstance)
                                .count());
                        return change;
                    })
                    .then(Mono.fromSupplier(revoked::get));
        });
    }
}
