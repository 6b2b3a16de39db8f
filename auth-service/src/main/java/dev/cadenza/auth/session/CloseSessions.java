package dev.cadenza.auth.session;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Passes the ends of sessions on to Keycloak, again until it has heard of them. */
@Component
public class CloseSessions {

    private static final Logger LOG = LoggerFactory.getLogger(CloseSessions.class);
    private static final int BATCH = 100;
    private static final int AT_ONCE = 2;

    private final Sessions sessions;
    private final TokenSessions tokens;
    private final Clock clock;

    CloseSessions(Sessions sessions, TokenSessions tokens, Clock clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Those that wait now, up to a batch. */
    public Mono<Void> close() {
        return Mono.defer(() -> sessions.closing(clock.instant(), BATCH)
                .flatMap(
                        session -> tokens.end(session.state().sid())
                                .then(Mono.defer(() -> sessions.change(session.id(), Session::closed)))
                                .then()
                                .onErrorResume(error -> {
                                    LOG.warn(
                                            "Keycloak does not know that session {} ended: {}",
                                            session.id(),
                                            error.toString());
                                    return Mono.empty();
                                }),
                        AT_ONCE)
                .then());
    }
}
