package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Shows another picture of a user. It is stored before the profile tells of it, so that no profile tells of one that is
 * not there; what a crash leaves without a profile, {@link SweepAvatars} removes.
 */
@Component
public class ChangeAvatar {

    private final RewriteProfile profiles;
    private final Avatars avatars;
    private final AvatarAddresses addresses;

    ChangeAvatar(RewriteProfile profiles, Avatars avatars, AvatarAddresses addresses) {
        this.profiles = profiles;
        this.avatars = avatars;
        this.addresses = addresses;
    }

    /** {@link Account#NOT_FOUND}, {@link Actor#FORBIDDEN}; {@link Failure}s of {@link Avatars#store}. */
    public Mono<Versioned<Account>> change(Actor actor, UUID account, Path picture) {
        return profiles.changeable(actor, account)
                .then(Mono.defer(() -> avatars.store(account, picture)))
                .flatMap(file -> profiles.rewrite(
                                actor, account, ProfileChange.of(ProfileField.AVATAR_URL, addresses.of(file)))
                        .onErrorResume(
                                error -> avatars.delete(file).onErrorComplete().then(Mono.error(error))));
    }
}
