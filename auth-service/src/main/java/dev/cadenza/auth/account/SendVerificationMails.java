package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends the verification mails that are due. Each is claimed first, together with its token's hash: another instance
 * does not send it too, and after a crash or an outage of the mail server it is due again. So a mail is never lost, and
 * at worst comes twice, both times with a token that works.
 */
@Component
public class SendVerificationMails {

    private static final Logger LOG = LoggerFactory.getLogger(SendVerificationMails.class);
    private static final int AT_ONCE = 2;
    private static final int BATCH = 50;

    private final Accounts accounts;
    private final VerificationMail mail;
    private final AccountSettings settings;
    private final Clock clock;

    SendVerificationMails(Accounts accounts, VerificationMail mail, AccountSettings settings, Clock clock) {
        this.accounts = accounts;
        this.mail = mail;
        this.settings = settings;
        this.clock = clock;
    }

    /** Sends what is due now, up to a batch. */
    public Mono<Void> sendDue() {
        return Mono.defer(() -> accounts.mailDue(clock.instant(), BATCH)
                .flatMap(this::send, AT_ONCE)
                .then());
    }

    private Mono<Void> send(Versioned<Account> due) {
        String token = VerificationTokens.next();
        return accounts.update(
                        due,
                        due.state().mailClaimed(VerificationTokens.hash(token), clock.instant(), settings.limits()))
                .onErrorResume(SendVerificationMails::isConflict, faster -> Mono.empty())
                .flatMap(claimed -> mail.send(claimed.state(), token, settings.tokensValidFor())
                        .then(Mono.defer(
                                () -> accounts.change(claimed.id(), account -> account.mailed(clock.instant())))))
                .then()
                .onErrorResume(error -> {
                    LOG.warn("verification mail of {} did not leave: {}", due.id(), error.toString());
                    return Mono.empty();
                });
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Conflict;
    }
}
