package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Ends registrations that were interrupted. Nobody was told that they worked out, so whoever registered tries again: all
 * that there is of them goes, unless the owner has logged in before that.
 */
@Component
public class FinishRegistrations {

    private static final Logger LOG = LoggerFactory.getLogger(FinishRegistrations.class);

    private final Accounts accounts;
    private final Identities identities;
    private final AccountMails mails;
    private final AccountSettings settings;
    private final Clock clock;

    FinishRegistrations(
            Accounts accounts, Identities identities, AccountMails mails, AccountSettings settings, Clock clock) {
        this.accounts = accounts;
        this.identities = identities;
        this.mails = mails;
        this.settings = settings;
        this.clock = clock;
    }

    /** Ends all that nobody is at any more; the rest when it is called again. */
    public Mono<Void> finish() {
        return accounts.leftBehind(clock.instant().minus(settings.abandonedAfter()))
                .concatMap(account -> settle(account).onErrorResume(error -> {
                    LOG.warn("registration {} stays unfinished: {}", account.id(), error.toString());
                    return Mono.empty();
                }))
                .then();
    }

    /** Ends this one; does nothing where it has become an account meanwhile. */
    Mono<Void> settle(Versioned<Account> account) {
        return accounts.change(account.id(), Account::abandoned)
                .filter(left -> left.state().status() == Account.Status.ABANDONED)
                .flatMap(left -> identities
                        .remove(left.id())
                        .then(Mono.defer(() -> accounts.remove(left)))
                        .onErrorResume(FinishRegistrations::isConflict, gone -> Mono.empty()))
                .doOnSuccess(done -> LOG.info("registration {} was interrupted", account.id()));
    }

    /**
     * The credentials exist: gives them their roles and announces the account. Repeating it is harmless. Where the
     * registration was given up meanwhile, the credentials go.
     */
    public Mono<Versioned<Account>> complete(Versioned<Account> account) {
        List<String> further = account.state().roles().stream()
                .filter(role -> !role.equals(Account.USER))
                .toList();
        return (further.isEmpty() ? Mono.<Void>empty() : identities.grant(account.id(), further))
                .then(Mono.defer(() -> accounts.change(
                        account.id(), state -> state.registered(mails.verification(state), clock.instant()))))
                .filter(done -> done.state().status() != Account.Status.ABANDONED)
                .switchIfEmpty(Mono.defer(() -> identities
                        .remove(account.id())
                        .then(Mono.error(() -> Failure.unavailable(
                                "identity.unavailable",
                                "The account could not be made in time. Try again soon.",
                                30)))));
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Conflict;
    }
}
