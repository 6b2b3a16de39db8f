package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.auth.account.SyncIdentities;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes a changed profile, lets the login's name follow, and removes a picture of ours that is shown no longer. */
@Component
class RewriteProfile {

    private static final Logger LOG = LoggerFactory.getLogger(RewriteProfile.class);

    private final ShowProfile show;
    private final Accounts accounts;
    private final SyncIdentities identities;
    private final Avatars avatars;
    private final AvatarAddresses addresses;
    private final Clock clock;

    RewriteProfile(
            ShowProfile show,
            Accounts accounts,
            SyncIdentities identities,
            Avatars avatars,
            AvatarAddresses addresses,
            Clock clock) {
        this.show = show;
        this.accounts = accounts;
        this.identities = identities;
        this.avatars = avatars;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** The account, where the actor may change it; {@link Account#NOT_FOUND}, {@link Actor#FORBIDDEN}. */
    Mono<Versioned<Account>> changeable(Actor actor, UUID account) {
        return show.byId(account)
                .flatMap(found -> actor.mayUse(account) ? Mono.just(found) : Mono.error(Actor.FORBIDDEN.asException()));
    }

    /** {@link Accounts#USERNAME_TAKEN}. */
    Mono<Versioned<Account>> rewrite(Actor actor, UUID account, ProfileChange change) {
        return Mono.defer(() -> {
            AtomicReference<@Nullable String> before = new AtomicReference<>();
            return accounts.changeRegistered(account, state -> {
                        before.set(state.profile().avatarUrl());
                        return state.profileChanged(
                                change.username(),
                                change.applyTo(state.profile()),
                                actor.unlessOwner(account),
                                clock.instant());
                    })
                    .flatMap(identities::syncNow)
                    .flatMap(after -> removeReplaced(before.get(), after).thenReturn(after));
        });
    }

    /** What does not work out here, {@link SweepAvatars} does. */
    private Mono<Void> removeReplaced(@Nullable String before, Versioned<Account> after) {
        Optional<String> old = addresses.file(after.id(), before);
        Optional<String> current =
                addresses.file(after.id(), after.state().profile().avatarUrl());
        return Mono.justOrEmpty(old)
                .filter(file -> current.filter(file::equals).isEmpty())
                .flatMap(avatars::delete)
                .onErrorResume(error -> {
                    LOG.debug("a picture that is shown no longer stays for now: {}", error.toString());
                    return Mono.empty();
                });
    }
}
