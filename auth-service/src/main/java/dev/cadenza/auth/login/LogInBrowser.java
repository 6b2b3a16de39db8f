package dev.cadenza.auth.login;

import dev.cadenza.auth.login.Authentication.Proof;
import dev.cadenza.auth.session.BeginBrowserSession;
import dev.cadenza.auth.session.BrowserSession;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Logs a browser in, which gets a cookie and no tokens. */
@Component
public class LogInBrowser {

    private final Authentication authentication;
    private final BeginBrowserSession begin;
    private final Arrivals arrivals;
    private final Clock clock;

    LogInBrowser(Authentication authentication, BeginBrowserSession begin, Arrivals arrivals, Clock clock) {
        this.authentication = authentication;
        this.begin = begin;
        this.arrivals = arrivals;
        this.clock = clock;
    }

    /** What became of it, where the password is right. */
    public sealed interface Outcome {

        /** In. */
        record LoggedIn(BrowserSession session) implements Outcome {}

        /** The account has a second factor, and its code is missing or wrong. */
        record SecondFactorNeeded() implements Outcome {}

        /** The address is not verified yet, which was asked for. */
        record Unverified() implements Outcome {}
    }

    /** Fails like {@link LogIn#logIn}. */
    public Mono<Outcome> logIn(LogIn.Attempt attempt, ClientOrigin origin) {
        return Mono.defer(() -> {
            Instant start = clock.instant();
            return authentication.prove(attempt, origin).flatMap(proof -> switch (proof) {
                case Proof.Proven proven -> begin(attempt, proven, origin, start);
                case Proof.SecondFactorNeeded needed -> Mono.just(new Outcome.SecondFactorNeeded());
                case Proof.Unverified unverified -> Mono.just(new Outcome.Unverified());
            });
        });
    }

    private Mono<Outcome> begin(LogIn.Attempt attempt, Proof.Proven proven, ClientOrigin origin, Instant start) {
        return authentication
                .discard(attempt, proven.tokens())
                // its tokens go nowhere: whether Keycloak remembers the session does not matter
                .onErrorComplete()
                .then(begin.begin(
                        attempt.client(),
                        proven.account().id(),
                        proven.visitor().newNetwork(),
                        origin))
                .flatMap(session -> arrivals.settle(session.id(), start, proven.visitor(), origin)
                        .thenReturn(new Outcome.LoggedIn(session)));
    }
}
