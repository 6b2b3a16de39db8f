package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Password;
import dev.cadenza.platform.core.Failure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Credentials, and the token sessions that they open. {@code client} names the dialect that a session belongs to and
 * decides how long its tokens live. Every method fails with {@link Failure.Unavailable} where the keeper of the
 * credentials does not answer.
 */
public interface Logins {

    /**
     * Begins a session; {@link LogIn#WRONG} where name, password or code do not hold.
     *
     * @param otp code of the second factor; null where none is needed
     */
    Mono<Tokens> begin(String client, String usernameOrEmail, Password password, @Nullable String otp);

    /** Whether the password is right, whatever else a login needs; {@link LogIn#WRONG} where it is not. */
    Mono<Void> check(String usernameOrEmail, Password password);

    /** New tokens; the old refresh token is used up. {@link Failure.Unauthenticated} where it does not hold. */
    Mono<Tokens> renew(String client, String refreshToken);

    /** Ends a session that nobody has heard of; does nothing where it has ended already. */
    Mono<Void> end(String client, String refreshToken);
}
