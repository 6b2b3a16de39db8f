package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks for accounts, for administrators. */
@Component
public class SearchAccounts {

    private final Accounts accounts;

    SearchAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A part of those that match: by name where a name is looked for, else the newest first. */
    public Mono<Page<Versioned<Account>>> search(AccountFilter filter, Paging paging) {
        return accounts.search(filter, paging);
    }
}
