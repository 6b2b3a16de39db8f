package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Credentials of accounts. Every method fails with {@link Failure.Unavailable} where their keeper does not answer; with
 * the code {@link #UNREACHABLE} where the request certainly never arrived.
 */
public interface Identities {

    /** Code of an {@link Failure.Unavailable} that had no effect. */
    String UNREACHABLE = "identity.unreachable";

    /**
     * Whom the credentials belong to.
     *
     * @param id the account's; becomes the {@code sub} of its tokens
     * @param number the account's integer id
     */
    record Identity(UUID id, long number, String handle, String email) {

        static Identity of(Versioned<Account> account) {
            return new Identity(
                    account.id(),
                    account.requireNumber(),
                    account.state().handle(),
                    account.state().email());
        }
    }

    /**
     * Somebody who holds a name or address.
     *
     * @param account null where it is none of our accounts
     */
    record Holder(@Nullable UUID account) {}

    /**
     * Makes the credentials, all or nothing.
     *
     * <p>{@link Failure.Conflict} where name or address are held by somebody else, {@link Failure.Invalid} where a value
     * is refused.
     */
    Mono<Void> create(Identity identity, Password password);

    /** Whether this account has credentials. */
    Mono<Boolean> exists(UUID account);

    /** Who holds this name or this address; at most two. */
    Flux<Holder> holders(String username, String email);

    /** Gives the account these roles, besides the one that every account has. */
    Mono<Void> grant(UUID account, List<String> roles);

    /**
     * Gives the credentials this name, this address and, of the roles that there are, exactly these; does nothing where
     * there are none. {@link Failure.Conflict} where name or address are held by somebody else.
     */
    Mono<Void> follow(Identity identity, List<String> roles);

    /** Another password; {@link Failure.Invalid} where it is refused. Does nothing where there are no credentials. */
    Mono<Void> setPassword(UUID account, Password password);

    /** Takes the name away, until {@link #follow} gives another; does nothing where there are no credentials. */
    Mono<Void> park(Identity identity);

    /** Removes the credentials; does nothing where there are none. */
    Mono<Void> remove(UUID account);
}
