package dev.cadenza.auth.session;

import dev.cadenza.platform.core.Versioned;
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

    /** Those that wait now, up to a batch; one that Keycloak does not take keeps no other from it. */
    public Mono<Void> close() {
        return Mono.defer(() -> sessions.closing(clock.instant(), BATCH)
                .flatMap(this::close, AT_ONCE)
                .filter(passed -> !passed)
                .count()
                .doOnNext(waiting -> {
                    if (waiting > 0) {
                        LOG.warn("Keycloak does not know yet that {} sessions ended", waiting);
                    }
                })
                .then());
    }

    private Mono<Boolean> close(Versioned<Session> session) {
        return tokens.end(session.state().sid())
                .then(Mono.defer(() -> sessions.change(session.id(), Session::closed)))
                .thenReturn(true)
                .onErrorResume(error -> {
                    LOG.debug("session {}: {}", session.id(), error.toString());
                    return Mono.just(false);
                });
    }
}
