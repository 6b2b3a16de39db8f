package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows an account to anybody; {@link Account#NOT_FOUND} for those that others have not heard of, or no longer. */
@Component
public class ShowProfile {

    private final Accounts accounts;

    ShowProfile(Accounts accounts) {
        this.accounts = accounts;
    }

    /** By id. */
    public Mono<Versioned<Account>> byId(UUID account) {
        return shown(accounts.find(account));
    }

    /** By name, without regard to case. */
    public Mono<Versioned<Account>> byUsername(String username) {
        return shown(accounts.findByUsername(Account.key(username)));
    }

    private static Mono<Versioned<Account>> shown(Mono<Versioned<Account>> account) {
        return account.filter(found -> found.state().status() == Account.Status.REGISTERED)
                .switchIfEmpty(Mono.error(Account.NOT_FOUND::asException));
    }
}
