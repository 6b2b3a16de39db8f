package dev.cadenza.auth.session;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends all sessions of an account: its owner or an administrator wants it, or its password changed. */
@Component
public class RevokeSessions {

    private static final int AT_ONCE = 8;

    private final Sessions sessions;
    private final Clock clock;

    RevokeSessions(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Ends them, and their tokens; says how many. May be repeated. A login that is under way while this happens is
     * refused, so what makes old credentials worthless comes before.
     */
    public Mono<Long> ofAccount(UUID account) {
        return Mono.defer(() -> sessions.allEnded(account, clock.instant()))
                .thenMany(sessions.notEnded(account))
                .flatMap(
                        session -> sessions.change(
                                session.id(), state -> state.ended(clock.instant(), "session.revoked_all")),
                        AT_ONCE)
                .count();
    }
}
