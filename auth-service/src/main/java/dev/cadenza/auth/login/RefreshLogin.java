package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.session.Secrets;
import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.Sessions;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Exchanges a refresh token for new tokens. A token works once: whoever shows one that was used has it from somebody
 * else, or somebody else has used this one's, and nobody knows who is who; so the session ends for both.
 */
@Component
public class RefreshLogin {

    /** Said about any token that does not hold. */
    public static final Failure NOT_RENEWED =
            new Failure.Unauthenticated("auth.invalid_refresh_token", "Invalid or expired refresh token.");

    private final Logins logins;
    private final Sessions sessions;
    private final SpentTokens spent;
    private final Accounts accounts;
    private final Clock clock;

    RefreshLogin(Logins logins, Sessions sessions, SpentTokens spent, Accounts accounts, Clock clock) {
        this.logins = logins;
        this.sessions = sessions;
        this.spent = spent;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The old refresh token is used up. {@link #NOT_RENEWED} where it does not hold. */
    public Mono<Tokens> refresh(String client, String refreshToken, ClientOrigin origin) {
        String hash = Secrets.hash(refreshToken);
        return sessions.findBySecret(hash)
                .filter(session -> session.state().kind() == Session.Kind.TOKENS
                        && session.state().client().equals(client)
                        && session.state().isOpen(clock.instant()))
                .flatMap(session -> spent.spend(
                                hash, session.id(), session.state().expiresAt())
                        .flatMap(first -> first ? renew(session, refreshToken, hash, origin) : reused(session.id())))
                .switchIfEmpty(Mono.defer(() -> spent.sessionOf(hash).flatMap(this::reused)))
                .switchIfEmpty(Mono.error(NOT_RENEWED::asException));
    }

    private Mono<Tokens> renew(Versioned<Session> session, String refreshToken, String hash, ClientOrigin origin) {
        return accounts.find(session.state().account())
                .filter(account -> account.state().isUsable())
                .switchIfEmpty(Mono.error(NOT_RENEWED::asException))
                .flatMap(account -> logins.renew(session.state().client(), refreshToken))
                .onErrorResume(
                        RefreshLogin::isRefused,
                        // the account is locked or gone, or Keycloak has lost its session
                        refused -> sessions.change(session.id(), state -> state.ended(clock.instant()))
                                .then(Mono.error(refused)))
                .flatMap(tokens -> sessions.change(
                                session.id(), state -> state.renewed(tokens.grant(), origin, clock.instant()))
                        // it may have ended while Keycloak was asked
                        .filter(renewed -> renewed.state().isOpen(clock.instant()))
                        .map(renewed -> tokens))
                .onErrorResume(
                        RefreshLogin::isOutage,
                        // the client will come again with the same token, and is no thief
                        outage -> spent.release(hash).onErrorComplete().then(Mono.error(outage)));
    }

    private Mono<Tokens> reused(UUID session) {
        return sessions.change(session, state -> state.ended(clock.instant(), "token.reused"))
                .then(Mono.error(NOT_RENEWED::asException));
    }

    private static boolean isRefused(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Unauthenticated;
    }

    private static boolean isOutage(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Unavailable;
    }
}
