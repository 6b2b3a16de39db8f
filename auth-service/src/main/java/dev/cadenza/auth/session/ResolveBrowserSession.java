package dev.cadenza.auth.session;

import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whose browser it is. */
@Component
public class ResolveBrowserSession {

    private static final int LONGEST = 200;

    private final Sessions sessions;
    private final Clock clock;

    ResolveBrowserSession(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The open session with this cookie; empty where there is none. Says nothing about the state of its account. */
    public Mono<BrowserSession> resolve(String cookie) {
        if (cookie.isEmpty() || cookie.length() > LONGEST) {
            return Mono.empty();
        }
        return sessions.findBySecret(Secrets.hash(cookie))
                .filter(session -> session.state().kind() == Session.Kind.BROWSER
                        && session.state().isOpen(clock.instant()))
                .map(session -> new BrowserSession(
                        session.id(),
                        session.state().account(),
                        session.state().sid(),
                        cookie,
                        Secrets.csrfToken(cookie),
                        session.state().expiresAt()));
    }
}
