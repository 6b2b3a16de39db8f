package dev.cadenza.auth.key;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives a key another secret. */
@Component
public class RotateKey {

    private final KeyRings rings;
    private final KeySettings settings;
    private final Clock clock;

    RotateKey(KeyRings rings, KeySettings settings, Clock clock) {
        this.rings = rings;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Rotates a key of this account.
     *
     * @param graceSeconds how long the old secret goes on working; null for not at all
     */
    public Mono<KeyWithSecret> rotate(UUID account, String id, @Nullable Long graceSeconds) {
        return Mono.defer(() -> {
            Duration grace = grace(graceSeconds);
            KeySecret secret = KeySecret.next();
            // tokens know the second of their making only: the cut is at its end, and the secret is told then
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant cut = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            return rings.change(account, ring -> ring.rotated(id, secret, grace, cut, now))
                    .switchIfEmpty(Mono.error(KeyRing.UNKNOWN::asException))
                    .map(ring -> new KeyWithSecret(ring.required(id), secret))
                    .delayElement(grace.isZero() ? Duration.between(now, cut) : Duration.ZERO);
        });
    }

    private Duration grace(@Nullable Long seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        long most = settings.longestGrace().toSeconds();
        if (seconds < 0 || seconds > most) {
            throw Failure.invalid(List.of(
                    new Violation("grace_seconds", "Use 0 to %d seconds.".formatted(most), seconds, "0-" + most)));
        }
        return Duration.ofSeconds(seconds);
    }
}
