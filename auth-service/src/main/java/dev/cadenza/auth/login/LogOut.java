package dev.cadenza.auth.login;

import dev.cadenza.auth.session.Secrets;
import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.Sessions;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends a login. */
@Component
public class LogOut {

    private final Sessions sessions;
    private final SpentTokens spent;
    private final Clock clock;

    LogOut(Sessions sessions, SpentTokens spent, Clock clock) {
        this.sessions = sessions;
        this.spent = spent;
        this.clock = clock;
    }

    /** Ends the session of a refresh token, and its tokens; a token that holds no longer is no error (RFC 7009). */
    public Mono<Void> logOut(String client, String refreshToken) {
        String hash = Secrets.hash(refreshToken);
        return sessions.findBySecret(hash)
                .filter(session -> session.state().kind() == Session.Kind.TOKENS
                        && session.state().client().equals(client))
                .<UUID>map(session -> session.id())
                .switchIfEmpty(Mono.defer(() -> spent.sessionOf(hash)))
                .flatMap(session -> sessions.change(session, state -> state.ended(clock.instant(), "logout")))
                .then();
    }
}
