package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Accounts;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes pictures that no profile shows: what a crash has left between storing and telling. */
@Component
public class SweepAvatars {

    private static final Logger LOG = LoggerFactory.getLogger(SweepAvatars.class);

    private final Avatars avatars;
    private final AvatarAddresses addresses;
    private final Accounts accounts;
    private final AvatarSettings settings;
    private final Clock clock;

    SweepAvatars(Avatars avatars, AvatarAddresses addresses, Accounts accounts, AvatarSettings settings, Clock clock) {
        this.avatars = avatars;
        this.addresses = addresses;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /** One round; how many were removed. */
    public Mono<Long> sweep() {
        return avatars.deleteOrphans(
                        clock.instant().minus(settings.orphanAge()),
                        owners -> accounts.find(owners)
                                .flatMap(account -> Mono.justOrEmpty(addresses.file(
                                        account.id(), account.state().profile().avatarUrl()))))
                .doOnNext(file -> LOG.info("removed a picture that nobody shows: {}", file))
                .count();
    }
}
