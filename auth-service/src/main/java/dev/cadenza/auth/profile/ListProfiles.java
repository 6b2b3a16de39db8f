package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Lists the accounts that there are, the newest first. */
@Component
public class ListProfiles {

    private final Accounts accounts;

    ListProfiles(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A part of them. */
    public Flux<Versioned<Account>> list(Paging paging) {
        return accounts.newest(paging);
    }
}
