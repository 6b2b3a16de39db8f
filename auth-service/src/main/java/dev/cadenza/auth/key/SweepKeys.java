package dev.cadenza.auth.key;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes keys that ended long ago. */
@Component
public class SweepKeys {

    private final KeyRings rings;
    private final KeySettings settings;
    private final Clock clock;

    SweepKeys(KeyRings rings, KeySettings settings, Clock clock) {
        this.rings = rings;
        this.settings = settings;
        this.clock = clock;
    }

    /** One round; what it leaves is done in the next. */
    public Mono<Void> sweep() {
        return Mono.defer(() -> {
            Instant before = clock.instant().minus(settings.shownFor());
            return rings.withEnded(before)
                    .concatMap(account -> rings.change(account, ring -> ring.swept(before)))
                    .then();
        });
    }
}
