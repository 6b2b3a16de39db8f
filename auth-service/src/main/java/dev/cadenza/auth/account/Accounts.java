package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where accounts are kept. */
public interface Accounts {

    /** Conflict of a second account with the same name. */
    Failure.Conflict USERNAME_TAKEN = new Failure.Conflict("username.taken", "This username is taken.");

    /** Conflict of a second account with the same address. */
    Failure.Conflict EMAIL_TAKEN =
            new Failure.Conflict("email.taken", "An account with this email address already exists.");

    /** Stores a new account; {@link #USERNAME_TAKEN} or {@link #EMAIL_TAKEN} where somebody else was first. */
    Mono<Versioned<Account>> insert(UUID id, Change<Account, AccountEvent> change);

    /** Empty where there is none. */
    Mono<Versioned<Account>> find(UUID id);

    /** By name as it is compared ({@link Account#key}). */
    Mono<Versioned<Account>> findByUsername(String username);

    /** By address as it is compared ({@link Account#key}). */
    Mono<Versioned<Account>> findByEmail(String email);

    /** The account that a verification token with this hash was sent to. */
    Mono<Versioned<Account>> findByToken(String tokenHash);

    /** Those of these ids that there are. */
    Flux<Versioned<Account>> find(Collection<UUID> ids);

    /** Accounts that exist for others, the newest first. */
    Flux<Versioned<Account>> newest(Paging paging);

    /** Accounts that exist for others and match: by name where a name is looked for, else the newest first. */
    Mono<Page<Versioned<Account>>> search(AccountFilter filter, Paging paging);

    /** The account that a token for another password with this hash was sent to. */
    Mono<Versioned<Account>> findByReset(String tokenHash);

    /** Accounts of which {@link Account#isLeftBehind} holds. */
    Flux<Versioned<Account>> leftBehind(Instant lastStartOfLiveOnes);

    /** Those who administer the platform: of whom {@link Account#isAdministrator} holds. */
    Flux<Versioned<Account>> administrators();

    /** Accounts that somebody wants gone. */
    Flux<Versioned<Account>> deleting(int limit);

    /** Accounts whose credentials have to follow, the longest waiting first. */
    Flux<Versioned<Account>> identityDue(Instant now, int limit);

    /** Accounts whose sessions have to end, the longest waiting first. */
    Flux<Versioned<Account>> sessionsDue(Instant now, int limit);

    /** Accounts with mails that nobody has taken over yet, the longest waiting first. */
    Flux<Versioned<Account>> withMails(Instant now, int limit);

    /** Writes the change unless somebody else was faster: then {@link Failure.Conflict}. */
    Mono<Versioned<Account>> update(Versioned<Account> current, Change<Account, AccountEvent> change);

    /** Writes the change, again where somebody else was faster. Empty where there is no such account. */
    Mono<Versioned<Account>> change(UUID id, Function<Account, Change<Account, AccountEvent>> transition);

    /** The same for accounts that exist for others; {@link Account#NOT_FOUND} where this one does not. */
    default Mono<Versioned<Account>> changeRegistered(
            UUID id, Function<Account, Change<Account, AccountEvent>> transition) {
        return change(id, account -> {
                    if (account.status() != Account.Status.REGISTERED) {
                        throw Account.NOT_FOUND.asException();
                    }
                    return transition.apply(account);
                })
                .switchIfEmpty(Mono.error(Account.NOT_FOUND::asException));
    }

    /** Removes an account that nobody has heard of. */
    Mono<Void> remove(Versioned<Account> account);

    /** Removes an account and tells others. */
    Mono<Void> delete(Versioned<Account> account);
}
