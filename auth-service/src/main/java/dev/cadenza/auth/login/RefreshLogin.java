package dev.cadenza.auth.login;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Exchanges a refresh token for new tokens. */
@Component
public class RefreshLogin {

    private final Logins logins;

    RefreshLogin(Logins logins) {
        this.logins = logins;
    }

    /** The old refresh token is used up, whether the answer arrives or not. */
    public Mono<Tokens> refresh(String client, String refreshToken) {
        return logins.renew(client, refreshToken);
    }
}
