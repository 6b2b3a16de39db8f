package dev.cadenza.auth.mail;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends mails that are due. Each is claimed first, so that another instance does not send it too. Where the claimant dies
 * before it has noted that the mail left, the same mail leaves again, byte for byte, so that it is seen once.
 */
@Component
public class SendMails {

    private static final Logger LOG = LoggerFactory.getLogger(SendMails.class);
    private static final int AT_ONCE = 2;
    private static final int BATCH = 50;

    private final Mails mails;
    private final ComposeLetter compose;
    private final Postman postman;
    private final MailSettings settings;
    private final Clock clock;

    SendMails(Mails mails, ComposeLetter compose, Postman postman, MailSettings settings, Clock clock) {
        this.mails = mails;
        this.compose = compose;
        this.postman = postman;
        this.settings = settings;
        this.clock = clock;
    }

    /** Sends what is due now, up to a batch. */
    public Mono<Void> sendDue() {
        return Mono.defer(() ->
                mails.due(clock.instant(), BATCH).flatMap(this::send, AT_ONCE).then());
    }

    private Mono<Void> send(Versioned<Mail> due) {
        return mails.update(due, due.state().claimed(clock.instant(), settings.limits()))
                .onErrorResume(SendMails::isConflict, faster -> Mono.empty())
                .flatMap(claimed -> {
                    MailOrder order = claimed.state().order();
                    if (order == null) {
                        LOG.warn("mail {} is given up", due.id());
                        return Mono.empty();
                    }
                    return Mono.defer(() -> postman.deliver(compose.compose(order)))
                            .then(Mono.defer(
                                    () -> mails.update(claimed, claimed.state().done())));
                })
                .then()
                .onErrorResume(error -> {
                    LOG.warn("mail {} did not leave: {}", due.id(), error.toString());
                    return Mono.empty();
                });
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Conflict;
    }
}
