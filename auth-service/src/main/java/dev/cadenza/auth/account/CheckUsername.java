package dev.cadenza.auth.account;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether a new account could have a name. */
@Component
public class CheckUsername {

    private final Accounts accounts;

    CheckUsername(Accounts accounts) {
        this.accounts = accounts;
    }

    /** False for names that are taken and for those that no account may have. */
    public Mono<Boolean> isAvailable(String username) {
        if (!Registration.isUsername(username)) {
            return Mono.just(false);
        }
        return accounts.findByUsername(Account.key(username)).hasElement().map(taken -> !taken);
    }
}
