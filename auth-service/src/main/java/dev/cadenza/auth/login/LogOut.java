package dev.cadenza.auth.login;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends a login. */
@Component
public class LogOut {

    private final Logins logins;

    LogOut(Logins logins) {
        this.logins = logins;
    }

    /** Revokes the refresh token and its session; a token that holds no longer is no error (RFC 7009). */
    public Mono<Void> logOut(String client, String refreshToken) {
        return logins.end(client, refreshToken);
    }
}
