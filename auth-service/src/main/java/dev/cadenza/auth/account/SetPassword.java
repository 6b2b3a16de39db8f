package dev.cadenza.auth.account;

import dev.cadenza.auth.session.RevokeSessions;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sets another password of an account that is claimed for it, and ends what was begun with the old one. Where this dies
 * in between, or does not hear whether the password was set, {@link EndSessions} ends the sessions.
 */
@Component
class SetPassword {

    private final Accounts accounts;
    private final Identities identities;
    private final RevokeSessions sessions;
    private final TokenCut cut;
    private final Clock clock;

    SetPassword(Accounts accounts, Identities identities, RevokeSessions sessions, TokenCut cut, Clock clock) {
        this.accounts = accounts;
        this.identities = identities;
        this.sessions = sessions;
        this.cut = cut;
        this.clock = clock;
    }

    Mono<Void> set(
            Versioned<Account> claimed, Password password, Function<Account, Change<Account, AccountEvent>> done) {
        return identities
                .setPassword(claimed.id(), password)
                .onErrorResume(
                        SetPassword::hadNoEffect,
                        refused -> accounts.change(claimed.id(), account -> account.sessionsEnded(null))
                                .then(Mono.error(() -> named(refused))))
                .onErrorResume(
                        SetPassword::isUnsure,
                        // nobody is at it any more; what was begun with the old one ends in any case
                        unsure -> accounts.change(claimed.id(), account -> account.passwordUnsure(clock.instant()))
                                .onErrorComplete()
                                .then(Mono.error(unsure)))
                .then(Mono.defer(() -> sessions.ofAccount(claimed.id())))
                .then(Mono.defer(() -> accounts.change(claimed.id(), done)))
                .flatMap(cut::passed)
                .then();
    }

    private static boolean hadNoEffect(Throwable error) {
        return error instanceof FailureException failure
                && switch (failure.failure()) {
                    case Failure.Invalid invalid -> true;
                    case Failure.Unavailable away -> away.code().equals(Identities.UNREACHABLE);
                    default -> false;
                };
    }

    private static boolean isUnsure(Throwable error) {
        return error instanceof FailureException failure
                && failure.failure() instanceof Failure.Unavailable silent
                && !silent.code().equals(Identities.UNREACHABLE);
    }

    /** The refused field as those who change a password call it. */
    private static Throwable named(Throwable refused) {
        return refused instanceof FailureException failure && failure.failure() instanceof Failure.Invalid invalid
                ? Failure.invalid(invalid.violations().stream()
                        .map(violation -> Violation.of(Password.NEW, violation.message()))
                        .toList())
                : refused;
    }
}
