package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Password;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether somebody who is logged in knows the password too. Guessing here counts like failed logins. */
@Component
public class CheckPassword {

    private final Authentication authentication;

    CheckPassword(Authentication authentication) {
        this.authentication = authentication;
    }

    /** {@link LogIn#WRONG} where it is not, {@link Failure.TooMany} after too many wrong ones. */
    public Mono<Void> check(String client, Versioned<Account> account, Password password, ClientOrigin origin) {
        return authentication.check(
                account, new LogIn.Attempt(client, account.state().username(), password, null, false), origin);
    }
}
