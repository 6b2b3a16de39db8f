package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailTokens;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Proves an address with the token that was sent to it. A token works once. */
@Component
public class VerifyEmail {

    private final Accounts accounts;
    private final Clock clock;

    VerifyEmail(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * {@link Account#INVALID_TOKEN} where the token is unknown or too old, {@link Account#ALREADY_VERIFIED} where the
     * address is verified.
     */
    public Mono<Versioned<Account>> verify(String token) {
        String hash = MailTokens.hash(token);
        return accounts.findByToken(hash)
                .flatMap(found -> accounts.change(found.id(), account -> account.verified(hash, clock.instant())))
                .switchIfEmpty(Mono.error(Account.INVALID_TOKEN::asException));
    }
}
