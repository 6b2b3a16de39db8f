package dev.cadenza.auth.account;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks for another verification mail. Completes alike whether the address is known, verified or neither. */
@Component
public class RequestVerificationMail {

    private static final Logger LOG = LoggerFactory.getLogger(RequestVerificationMail.class);

    private final Accounts accounts;
    private final AccountSettings settings;
    private final Clock clock;

    RequestVerificationMail(Accounts accounts, AccountSettings settings, Clock clock) {
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /** The mail follows soon, unless the address has had enough of them within the hour. */
    public Mono<Void> request(String email) {
        return accounts.findByEmail(Account.key(email))
                .flatMap(found -> accounts.change(
                        found.id(), account -> account.mailRequested(clock.instant(), settings.limits())))
                .doOnNext(account -> LOG.debug("verification mail of {} asked for", account.id()))
                .then();
    }
}
