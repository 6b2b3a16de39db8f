package dev.cadenza.auth.session;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How many sessions an account has. */
@Component
public class CountSessions {

    private final Sessions sessions;
    private final Clock clock;

    CountSessions(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Numbers.
     *
     * @param total those that have ended included, as long as they are remembered
     * @param open those that have not ended
     */
    public record Numbers(long total, long open) {}

    /** Counts them. */
    public Mono<Numbers> count(UUID account) {
        return Mono.defer(
                () -> Mono.zip(sessions.count(account), sessions.countOpen(account, clock.instant()), Numbers::new));
    }
}
