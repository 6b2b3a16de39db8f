package dev.cadenza.auth.account;

import dev.cadenza.auth.account.AccountEvent.Revoked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The moment before which tokens hold no longer. Tokens know the second of their making only: the cut is at the end of
 * the second that runs, and whoever is told that it happened is told when that second is over, so that every token that
 * is asked for afterwards is good.
 */
@Component
class TokenCut {

    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final AccountSettings settings;
    private final Clock clock;

    TokenCut(AccountSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Revoked now() {
        Instant cut = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return new Revoked(cut, cut.plus(settings.longestToken()).plus(MARGIN));
    }

    /** Passes the value on when the second in which it came is over. */
    <T> Mono<T> passed(T value) {
        Instant now = clock.instant();
        return Mono.just(value)
                .delayElement(Duration.between(
                        now, now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)));
    }
}
