package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.auth.mail.MailOrder;
import dev.cadenza.auth.mail.QueueMail;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings the mails that were asked for, and those that accounts have ordered, on their way. */
@Component
public class OrderMails {

    private static final Logger LOG = LoggerFactory.getLogger(OrderMails.class);
    private static final int BATCH = 100;

    private final MailRequests requests;
    private final Accounts accounts;
    private final AccountMails mails;
    private final QueueMail queue;
    private final Clock clock;

    OrderMails(MailRequests requests, Accounts accounts, AccountMails mails, QueueMail queue, Clock clock) {
        this.requests = requests;
        this.accounts = accounts;
        this.mails = mails;
        this.queue = queue;
        this.clock = clock;
    }

    /** All that wait, up to a batch of each. */
    public Mono<Void> order() {
        return Mono.defer(() -> requests.waiting(clock.instant(), BATCH)
                .concatMap(request -> answered(request).onErrorResume(error -> {
                    LOG.warn("a mail that was asked for waits: {}", error.toString());
                    return Mono.empty();
                }))
                .thenMany(Flux.defer(() -> accounts.withMails(clock.instant(), BATCH)))
                .concatMap(account -> handOver(account).onErrorResume(error -> {
                    LOG.warn("mails of {} wait: {}", account.id(), error.toString());
                    return Mono.empty();
                }))
                .then());
    }

    /** The mails of this account are taken over from it. */
    Mono<Versioned<Account>> handOver(Versioned<Account> account) {
        List<MailOrder> orders = account.state().mails();
        return orders.isEmpty()
                ? Mono.just(account)
                : Flux.fromIterable(orders)
                        .concatMap(queue::queue)
                        .then(Mono.defer(() -> accounts.change(account.id(), state -> state.mailsTaken(orders))));
    }

    private Mono<Void> answered(Versioned<MailRequest> request) {
        MailRequest asked = request.state();
        UUID mail = asked.mail();
        if (mail == null) {
            return Mono.empty();
        }
        return accounts.findByEmail(asked.address())
                .flatMap(owner -> accounts.change(
                        owner.id(),
                        account -> asked.kind() == MailKind.RESET
                                ? account.resetRequested(mails.reset(mail, asked.client(), account))
                                : account.mailRequested(
                                        mails.verification(mail, asked.client(), account), clock.instant())))
                .then(Mono.defer(() -> requests.change(asked.kind(), asked.address(), state -> state.handled(mail))))
                .then();
    }
}
