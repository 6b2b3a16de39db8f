package dev.cadenza.auth.key;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends a key. */
@Component
public class RevokeKey {

    private final KeyRings rings;
    private final Clock clock;

    RevokeKey(KeyRings rings, Clock clock) {
        this.rings = rings;
        this.clock = clock;
    }

    /** Revokes a key of this account; nothing happens to one that has ended already. */
    public Mono<Void> revoke(UUID account, String id) {
        return rings.change(account, ring -> ring.revoked(id, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .switchIfEmpty(Mono.error(KeyRing.UNKNOWN::asException))
                .then();
    }
}
