package dev.cadenza.auth.session;

import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends one of one's own sessions from another. */
@Component
public class EndSession {

    private static final Failure NOT_FOUND = new Failure.NotFound("session.not_found", "Session not found.");

    private final Sessions sessions;
    private final Clock clock;

    EndSession(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** {@link Failure.NotFound} where the account has no such session, or it has ended. */
    public Mono<Void> end(UUID account, UUID session) {
        return sessions.find(session)
                .filter(found ->
                        found.state().account().equals(account) && found.state().isOpen(clock.instant()))
                .switchIfEmpty(Mono.error(NOT_FOUND::asException))
                .flatMap(found -> sessions.change(found.id(), state -> state.ended(clock.instant(), "session.revoked")))
                .then();
    }
}
