package dev.cadenza.auth.session;

import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends the session that a request belongs to. */
@Component
public class LeaveSession {

    private final Sessions sessions;
    private final Clock clock;

    LeaveSession(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Does nothing where it has ended already.
     *
     * @param sid what the request's token calls it; null where it belongs to none
     */
    public Mono<Void> leave(UUID account, @Nullable String sid) {
        return Mono.justOrEmpty(sid)
                .flatMap(sessions::findBySid)
                .filter(session -> session.state().account().equals(account))
                .flatMap(session -> sessions.change(session.id(), state -> state.ended(clock.instant(), "logout")))
                .then();
    }
}
