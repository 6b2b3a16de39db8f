package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.login.Authentication.Proof;
import dev.cadenza.auth.secondfactor.WithdrawSecondFactor;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes an account's second factor: whoever wants that shows password and code like at a login. */
@Component
public class RemoveSecondFactor {

    private final Authentication authentication;
    private final WithdrawSecondFactor withdraw;

    RemoveSecondFactor(Authentication authentication, WithdrawSecondFactor withdraw) {
        this.authentication = authentication;
        this.withdraw = withdraw;
    }

    /**
     * {@link Failure.Invalid} where password or code are wrong, {@link Failure.TooMany} after too many wrong ones,
     * {@link Failure.Conflict} where there is no second factor.
     */
    public Mono<Void> remove(
            String client, Versioned<Account> account, Password password, String otp, ClientOrigin origin) {
        LogIn.Attempt attempt = new LogIn.Attempt(client, account.state().username(), password, otp, false);
        return authentication
                .prove(attempt, origin)
                .onErrorMap(
                        Authentication::isWrong, wrong -> Failure.invalidField("password", "The password is wrong."))
                .flatMap(proof -> proof instanceof Proof.Proven proven
                        ? authentication
                                .discard(attempt, proven.tokens())
                                .onErrorComplete()
                                .then(withdraw.withdraw(account.id(), null))
                        : Mono.error(Failure.invalidField("otp", "The code is wrong.")));
    }
}
