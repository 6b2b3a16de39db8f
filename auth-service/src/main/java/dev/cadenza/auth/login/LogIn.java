package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.FinishRegistrations;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.security.SecurityLog;
import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.Sessions;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Logs somebody in by username or e-mail address. */
@Component
public class LogIn {

    /** Said alike whether the name or the password is wrong. */
    public static final Failure WRONG =
            new Failure.Unauthenticated("auth.invalid_credentials", "Invalid email or password.");

    private final Logins logins;
    private final Sessions sessions;
    private final Accounts accounts;
    private final FinishRegistrations registrations;
    private final SecurityLog log;
    private final Supplier<UUID> ids;
    private final Clock clock;

    LogIn(
            Logins logins,
            Sessions sessions,
            Accounts accounts,
            FinishRegistrations registrations,
            SecurityLog log,
            Supplier<UUID> ids,
            Clock clock) {
        this.logins = logins;
        this.sessions = sessions;
        this.accounts = accounts;
        this.registrations = registrations;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Somebody wants in.
     *
     * @param client dialect that asks; decides how long the tokens live
     * @param login username or e-mail address, as typed
     * @param otp code of the second factor; null where none was sent
     * @param verifiedOnly whether the address must be verified
     */
    public record Attempt(
            String client,
            String login,
            Password password,
            @Nullable String otp,
            boolean verifiedOnly) {

        @Override
        public String toString() {
            return "Attempt[" + client + "]";
        }
    }

    /** What became of it, where the password is right. */
    public sealed interface Outcome {

        /** In. */
        record LoggedIn(Versioned<Account> account, Tokens tokens) implements Outcome {}

        /** The account has a second factor, and its code is missing or wrong. */
        record SecondFactorNeeded(Versioned<Account> account) implements Outcome {}

        /** The address is not verified yet, which was asked for. */
        record Unverified() implements Outcome {}
    }

    /** {@link #WRONG} where the credentials do not hold. */
    public Mono<Outcome> logIn(Attempt attempt, ClientOrigin origin) {
        return logins.begin(attempt.client(), attempt.login(), attempt.password())
                .onErrorResume(LogIn::isWrong, wrong -> failed(attempt).then(Mono.error(wrong)))
                .flatMap(tokens -> accounts.find(tokens.account())
                        .flatMap(this::completed)
                        .flatMap(account -> admitted(attempt, account, tokens, origin))
                        // credentials of an account that is gone open nothing
                        .switchIfEmpty(
                                Mono.defer(() -> discarded(attempt, tokens).then(Mono.error(WRONG::asException)))));
    }

    private Mono<Outcome> admitted(Attempt attempt, Versioned<Account> account, Tokens tokens, ClientOrigin origin) {
        if (attempt.verifiedOnly() && !account.state().verified()) {
            return discarded(attempt, tokens).thenReturn(new Outcome.Unverified());
        }
        return sessions.insert(
                        ids.get(),
                        Session.begin(
                                account.id(),
                                Session.Kind.TOKENS,
                                attempt.client(),
                                tokens.grant(),
                                null,
                                origin,
                                clock.instant()))
                .thenReturn(new Outcome.LoggedIn(account, tokens));
    }

    private Mono<Versioned<Account>> completed(Versioned<Account> account) {
        return account.state().status() == Account.Status.REGISTERED
                ? Mono.just(account)
                : registrations.complete(account);
    }

    private Mono<Void> discarded(Attempt attempt, Tokens tokens) {
        return logins.end(attempt.client(), tokens.refreshToken());
    }

    private Mono<Void> failed(Attempt attempt) {
        return log.record(null, "login.failed", null, Map.of("client", attempt.client()));
    }

    private static boolean isWrong(Throwable error) {
        return error instanceof FailureException e && e.failure().equals(WRONG);
    }
}
