package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Password;
import dev.cadenza.auth.secondfactor.OfferSecondFactor;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.identity.ClientOrigin;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins to add a second factor for somebody who knows the password: with a stolen token an owner could be locked out. */
@Component
public class AddSecondFactor {

    private final CheckPassword check;
    private final OfferSecondFactor offer;

    AddSecondFactor(CheckPassword check, OfferSecondFactor offer) {
        this.check = check;
        this.offer = offer;
    }

    /**
     * {@link Failure.Invalid} where the password is wrong, {@link Failure.TooMany} after too many wrong ones,
     * {@link Failure.Conflict} where codes are needed already.
     */
    public Mono<OfferSecondFactor.Offer> begin(
            String client, Versioned<Account> account, Password password, ClientOrigin origin) {
        return check.check(client, account, password, origin)
                .onErrorMap(
                        Authentication::isWrong, wrong -> Failure.invalidField("password", "The password is wrong."))
                .then(Mono.defer(() -> offer.offer(account.id(), account.state().handle())));
    }
}
