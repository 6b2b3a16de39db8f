package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sees to it that the platform never loses its last administrator. */
@Component
class KeepAdministrator {

    static final Failure LAST =
            new Failure.Conflict("admin.last", "This is the last administrator: make somebody else one first.");

    private final Accounts accounts;
    private final Turns turns;

    KeepAdministrator(Accounts accounts, Turns turns) {
        this.accounts = accounts;
        this.turns = turns;
    }

    /** Does something after which this account may be no administrator any more; {@link #LAST} where nobody else is. */
    <T> Mono<T> unlessLast(UUID account, Mono<T> change) {
        return accounts.find(account)
                .filter(found -> found.state().isAdministrator())
                .hasElement()
                .flatMap(administers ->
                        administers ? turns.inTurn("administrators", ifOthers(account, change)) : change);
    }

    private <T> Mono<T> ifOthers(UUID account, Mono<T> change) {
        return accounts.administrators()
                .any(administrator -> !administrator.id().equals(account))
                .flatMap(others -> others ? change : Mono.error(LAST.asException()));
    }
}
