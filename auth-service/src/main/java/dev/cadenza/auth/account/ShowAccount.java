package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads one account. */
@Component
public class ShowAccount {

    private final Accounts accounts;

    ShowAccount(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Empty where there is none. */
    public Mono<Versioned<Account>> show(UUID id) {
        return accounts.find(id);
    }
}
