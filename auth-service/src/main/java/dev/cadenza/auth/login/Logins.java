package dev.cadenza.auth.login;

import dev.cadenza.auth.account.Password;
import dev.cadenza.platform.core.Failure;
import reactor.core.publisher.Mono;

/**
 * Token sessions. {@code client} names the dialect that a session belongs to and decides how long its tokens live. Every
 * method fails with {@link Failure.Unavailable} where the keeper of the sessions does not answer.
 */
public interface Logins {

    /** Begins a session; {@link Failure.Unauthenticated} where name or password are wrong. */
    Mono<Tokens> begin(String client, String usernameOrEmail, Password password);

    /** New tokens; the old refresh token is used up. {@link Failure.Unauthenticated} where it does not hold. */
    Mono<Tokens> renew(String client, String refreshToken);

    /** Ends the session; does nothing where it has ended already. */
    Mono<Void> end(String client, String refreshToken);
}
