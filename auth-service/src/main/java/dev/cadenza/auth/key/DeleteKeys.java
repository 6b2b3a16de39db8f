package dev.cadenza.auth.key;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes everything about the keys of an account that is being deleted. */
@Component
public class DeleteKeys {

    private final KeyRings rings;
    private final Clock clock;

    DeleteKeys(KeyRings rings, Clock clock) {
        this.rings = rings;
        this.clock = clock;
    }

    /** Those that still work are revoked; may be repeated. */
    public Mono<Void> ofAccount(UUID account) {
        return rings.delete(account, ring -> ring.allRevoked(clock.instant()).events());
    }
}
