package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows no picture of a user any longer. */
@Component
public class RemoveAvatar {

    private final RewriteProfile profiles;

    RemoveAvatar(RewriteProfile profiles) {
        this.profiles = profiles;
    }

    /** {@link Account#NOT_FOUND}, {@link Actor#FORBIDDEN}. May be repeated. */
    public Mono<Versioned<Account>> remove(Actor actor, UUID account) {
        return profiles.changeable(actor, account)
                .then(profiles.rewrite(actor, account, ProfileChange.of(ProfileField.AVATAR_URL, null)));
    }
}
