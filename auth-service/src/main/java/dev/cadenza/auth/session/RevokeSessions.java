package dev.cadenza.auth.session;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends sessions from outside. */
@Component
public class RevokeSessions {

    private static final int AT_ONCE = 8;

    private final Sessions sessions;
    private final Clock clock;

    RevokeSessions(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Ends all of an account, and their tokens; says how many. May be repeated. */
    public Mono<Long> ofAccount(UUID account) {
        return sessions.notEnded(account)
                .flatMap(
                        session -> sessions.change(
                                session.id(), state -> state.ended(clock.instant(), "session.revoked_all")),
                        AT_ONCE)
                .count();
    }
}
