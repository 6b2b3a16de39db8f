package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Changes a profile, for its owner or an administrator. */
@Component
public class UpdateProfile {

    private final RewriteProfile profiles;

    UpdateProfile(RewriteProfile profiles) {
        this.profiles = profiles;
    }

    /** {@link Account#NOT_FOUND}, {@link Actor#FORBIDDEN}, {@link Accounts#USERNAME_TAKEN}. */
    public Mono<Versioned<Account>> update(Actor actor, UUID account, ProfileChange change) {
        return profiles.changeable(actor, account).then(profiles.rewrite(actor, account, change));
    }
}
