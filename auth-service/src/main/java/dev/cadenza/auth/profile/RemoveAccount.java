package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.DeleteAccount;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes an account for its owner or an administrator. */
@Component
public class RemoveAccount {

    private final RewriteProfile profiles;
    private final DeleteAccount delete;

    RemoveAccount(RewriteProfile profiles, DeleteAccount delete) {
        this.profiles = profiles;
        this.delete = delete;
    }

    /** {@link Account#NOT_FOUND}, {@link Actor#FORBIDDEN}, and what {@link DeleteAccount} says. */
    public Mono<Void> remove(Actor actor, UUID account) {
        return profiles.changeable(actor, account)
                .then(Mono.defer(() -> delete.delete(actor.unlessOwner(account), account)));
    }
}
