package dev.cadenza.auth.account;

import dev.cadenza.auth.account.Identities.Identity;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Registers an account: takes name and address in our own store, where exactly one of several can win, then makes the
 * credentials, then announces the account. What a crash leaves between these steps, {@link FinishRegistrations} ends.
 */
@Component
public class RegisterAccount {

    private final Accounts accounts;
    private final Identities identities;
    private final FreeNames names;
    private final FinishRegistrations finish;
    private final AccountSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    RegisterAccount(
            Accounts accounts,
            Identities identities,
            FreeNames names,
            FinishRegistrations finish,
            AccountSettings settings,
            Supplier<UUID> ids,
            Clock clock) {
        this.accounts = accounts;
        this.identities = identities;
        this.names = names;
        this.finish = finish;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * An ordinary account, not verified.
     *
     * @param client dialect in which the owner will follow the link of the verification mail
     */
    public Mono<Versioned<Account>> register(String client, Registration registration) {
        return register(client, registration, Profile.EMPTY);
    }

    /** The same, with a profile from the start. */
    public Mono<Versioned<Account>> register(String client, Registration registration, Profile profile) {
        return register(client, registration, profile, List.of(Account.USER), false);
    }

    /**
     * The same, with a first login that completes the account: where that does not work out there is none.
     *
     * @param login done when there are credentials
     */
    public <T> Mono<T> register(String client, Registration registration, Mono<T> login) {
        return register(client, registration, Profile.EMPTY, List.of(Account.USER), false, account -> login);
    }

    Mono<Versioned<Account>> register(
            String client, Registration registration, Profile profile, List<String> roles, boolean verified) {
        return register(client, registration, profile, roles, verified, finish::complete);
    }

    private <T> Mono<T> register(
            String client,
            Registration registration,
            Profile profile,
            List<String> roles,
            boolean verified,
            Function<Versioned<Account>, Mono<T>> completed) {
        return Mono.defer(() -> take(client, registration, profile, roles, verified))
                .onErrorResume(
                        RegisterAccount::isConflict,
                        taken -> freeAbandoned(registration)
                                .flatMap(freed -> freed
                                        ? take(client, registration, profile, roles, verified)
                                        : Mono.error(taken)))
                .flatMap(account -> create(account, registration.password())
                        .onErrorResume(
                                RegisterAccount::hadNoEffect,
                                // certainly no credentials: name and address are free at once
                                error -> accounts.remove(account)
                                        .onErrorComplete()
                                        .then(Mono.error(error)))
                        .then(Mono.defer(() -> completed.apply(account)))
                        .timeout(settings.registrationDeadline())
                        .onErrorMap(TimeoutException.class, slow -> unavailable())
                        .onErrorResume(error -> accounts.change(account.id(), Account::abandoned)
                                .onErrorComplete()
                                .then(Mono.error(error))));
    }

    private Mono<Versioned<Account>> take(
            String client, Registration registration, Profile profile, List<String> roles, boolean verified) {
        Account begun = Account.begin(
                        client, registration.username(), registration.email(), roles, verified, clock.instant())
                .state();
        return accounts.insert(ids.get(), Change.of(begun.telling(profile)));
    }

    /** Ends registrations of the same name or address that were abandoned; false where there were none. */
    private Mono<Boolean> freeAbandoned(Registration registration) {
        return Flux.concat(
                        settle(accounts.findByUsername(Account.key(registration.username()))),
                        settle(accounts.findByEmail(Account.key(registration.email()))))
                .reduce(false, Boolean::logicalOr);
    }

    private Mono<Boolean> settle(Mono<Versioned<Account>> holder) {
        return holder.filter(
                        account -> account.state().isLeftBehind(clock.instant().minus(settings.abandonedAfter())))
                .flatMap(account -> finish.settle(account).thenReturn(true))
                .defaultIfEmpty(false);
    }

    private Mono<Void> create(Versioned<Account> account, Password password) {
        Identity identity = Identity.of(account);
        return identities
                .create(identity, password)
                .onErrorResume(
                        RegisterAccount::isConflict,
                        taken -> names.free(identity)
                                .flatMap(ours -> ours ? Mono.empty() : identities.create(identity, password)));
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Conflict;
    }

    private static boolean hadNoEffect(Throwable error) {
        return error instanceof FailureException failure
                && switch (failure.failure()) {
                    case Failure.Conflict conflict -> true;
                    case Failure.Invalid invalid -> true;
                    case Failure.Unavailable away -> away.code().equals(Identities.UNREACHABLE);
                    default -> false;
                };
    }

    private static FailureException unavailable() {
        return Failure.unavailable(
                "identity.unavailable", "The account could not be made in time. Try again soon.", 30);
    }
}
