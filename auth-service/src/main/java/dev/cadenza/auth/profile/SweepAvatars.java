package dev.cadenza.auth.profile;

import dev.cadenza.auth.account.Account;
import dev.cadenza.auth.account.Accounts;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes pictures that no profile shows: what a crash has left between storing and telling. */
@Component
public class SweepAvatars {

    private static final Logger LOG = LoggerFactory.getLogger(SweepAvatars.class);
    private static final int BATCH = 200;

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
        return Flux.defer(() -> avatars.storedBefore(clock.instant().minus(settings.orphanAge())))
                // what is none of ours is left alone
                .filter(file -> AvatarAddresses.owner(file).isPresent())
                .buffer(BATCH)
                .concatMap(this::orphans)
                .concatMap(file -> avatars.delete(file).thenReturn(file))
                .doOnNext(file -> LOG.info("removed a picture that nobody shows: {}", file))
                .count();
    }

    private Flux<String> orphans(List<String> files) {
        Set<UUID> owners = files.stream()
                .flatMap(file -> AvatarAddresses.owner(file).stream())
                .collect(Collectors.toSet());
        return accounts.find(owners)
                .flatMapIterable(account -> shownBy(account))
                .collect(Collectors.toSet())
                .flatMapIterable(shown ->
                        files.stream().filter(file -> !shown.contains(file)).toList());
    }

    private List<String> shownBy(Versioned<Account> account) {
        return addresses.file(account.id(), account.state().profile().avatarUrl()).stream()
                .toList();
    }
}
