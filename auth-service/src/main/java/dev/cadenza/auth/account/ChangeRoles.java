package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives an account other roles, which count at once: tokens with the old ones are revoked. */
@Component
public class ChangeRoles {

    private final Accounts accounts;
    private final KeepAdministrator administrators;
    private final SyncIdentities identities;
    private final TokenCut cut;
    private final Clock clock;

    ChangeRoles(
            Accounts accounts, KeepAdministrator administrators, SyncIdentities identities, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.administrators = administrators;
        this.identities = identities;
        this.cut = cut;
        this.clock = clock;
    }

    /**
     * {@link Account#NOT_FOUND}; {@link Failure.Invalid} for roles that there are not; {@link Failure.Conflict} for the
     * last administrator.
     *
     * @param roles all that the account shall have; the one of every account may be left out
     */
    public Mono<Versioned<Account>> change(UUID actor, UUID account, Collection<String> roles) {
        return Mono.defer(() -> {
                    if (!Account.ROLES.containsAll(roles)) {
                        throw Failure.invalidField(
                                "roles", "There are the roles " + String.join(", ", Account.ROLES) + ".");
                    }
                    Mono<Versioned<Account>> change = accounts.changeRegistered(
                            account, state -> state.rolesChanged(roles, actor, clock.instant()));
                    return roles.contains(Account.ADMIN) ? change : administrators.unlessLast(account, change);
                })
                .flatMap(identities::syncNow)
                .flatMap(cut::passed);
    }
}
