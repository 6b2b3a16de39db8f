package dev.cadenza.auth.account;

import dev.cadenza.auth.account.Identities.Identity;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Our store decides who has a name or an address. Credentials that hold one without an account that has it give it up:
 * those of no account go, those of an account that was renamed are waiting to follow it.
 */
@Component
class FreeNames {

    private final Accounts accounts;
    private final Identities identities;

    FreeNames(Accounts accounts, Identities identities) {
        this.accounts = accounts;
        this.identities = identities;
    }

    /** Answers whether the name is held by this very account. {@link Accounts#USERNAME_TAKEN} where it cannot be freed. */
    Mono<Boolean> free(Identity wanted) {
        return identities
                .holders(wanted.handle(), wanted.email())
                .concatMap(holder -> {
                    UUID owner = holder.account();
                    if (owner == null) {
                        return Mono.error(Accounts.USERNAME_TAKEN.asException());
                    }
                    if (owner.equals(wanted.id())) {
                        return Mono.just(true);
                    }
                    return accounts.find(owner)
                            .singleOptional()
                            .flatMap(known -> known.map(account -> giveUp(account, wanted))
                                    .orElseGet(() -> identities.remove(owner)))
                            .thenReturn(false);
                })
                .reduce(false, Boolean::logicalOr);
    }

    private Mono<Void> giveUp(Versioned<Account> owner, Identity wanted) {
        boolean theirs = owner.state().username().equals(Account.key(wanted.handle()))
                || owner.state().email().equals(wanted.email());
        return theirs ? Mono.error(Accounts.USERNAME_TAKEN.asException()) : identities.park(Identity.of(owner));
    }
}
