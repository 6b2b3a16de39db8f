package dev.cadenza.auth.account;

import dev.cadenza.auth.account.Identities.Identity;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets the credentials follow an account's name and roles, again until they have. */
@Component
public class SyncIdentities {

    private static final Logger LOG = LoggerFactory.getLogger(SyncIdentities.class);
    private static final int BATCH = 100;

    private final Accounts accounts;
    private final Identities identities;
    private final FreeNames names;
    private final TokenCut cut;
    private final Clock clock;

    SyncIdentities(Accounts accounts, Identities identities, FreeNames names, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.identities = identities;
        this.names = names;
        this.cut = cut;
        this.clock = clock;
    }

    /** All that have to follow; those for which it does not work out, in another round. */
    public Mono<Void> syncDue() {
        return Mono.defer(() -> accounts.identityDue(clock.instant(), BATCH)
                .concatMap(this::syncNow)
                .then());
    }

    /** This one, after a change of its name or roles. Never fails: what does not work out now is done later. */
    public Mono<Versioned<Account>> syncNow(Versioned<Account> account) {
        if (account.state().duties().identityAt() == null) {
            return Mono.just(account);
        }
        Identity identity = Identity.of(account);
        Mono<Void> follow = identities.follow(identity, account.state().roles());
        return follow.onErrorResume(
                        SyncIdentities::isConflict, held -> names.free(identity).then(follow))
                .then(Mono.defer(() ->
                        accounts.change(account.id(), state -> state.identityFollowed(account.state(), cut.now()))))
                .onErrorResume(error -> {
                    LOG.warn("the credentials of {} do not follow yet: {}", account.id(), error.toString());
                    return Mono.empty();
                })
                .defaultIfEmpty(account);
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Conflict;
    }
}
