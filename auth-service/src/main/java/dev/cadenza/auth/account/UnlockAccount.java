package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets the owner of a locked account in again. */
@Component
public class UnlockAccount {

    private final Accounts accounts;
    private final TokenCut cut;
    private final Clock clock;

    UnlockAccount(Accounts accounts, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.cut = cut;
        this.clock = clock;
    }

    /** {@link Account#NOT_FOUND}. May be repeated. */
    public Mono<Versioned<Account>> unlock(UUID actor, UUID account) {
        return accounts.changeRegistered(account, state -> state.lockChanged(false, actor, cut.now(), clock.instant()));
    }
}
