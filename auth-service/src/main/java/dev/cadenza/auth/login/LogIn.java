package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.FinishRegistrations;
import dev.cadenza.auth.account.Password;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Logs somebody in by username or e-mail address. */
@Component
public class LogIn {

    /** Said alike whether the name or the password is wrong. */
    public static final Failure WRONG =
            new Failure.Unauthenticated("auth.invalid_credentials", "Invalid email or password.");

    private final Logins logins;
    private final Accounts accounts;
    private final FinishRegistrations registrations;

    LogIn(Logins logins, Accounts accounts, FinishRegistrations registrations) {
        this.logins = logins;
        this.accounts = accounts;
        this.registrations = registrations;
    }

    /** Who logged in, and the tokens. */
    public record Login(Versioned<Account> account, Tokens tokens) {}

    /** {@link #WRONG} where the credentials do not hold. */
    public Mono<Login> logIn(String client, String usernameOrEmail, Password password) {
        return logins.begin(client, usernameOrEmail, password)
                .flatMap(tokens -> accounts.find(tokens.account())
                        .flatMap(this::completed)
                        .map(account -> new Login(account, tokens))
                        // credentials of an account that is gone open nothing
                        .switchIfEmpty(Mono.defer(
                                () -> logins.end(client, tokens.refreshToken()).then(Mono.error(WRONG::asException)))));
    }

    private Mono<Versioned<Account>> completed(Versioned<Account> account) {
        return account.state().status() == Account.Status.REGISTERED
                ? Mono.just(account)
                : registrations.complete(account);
    }
}
