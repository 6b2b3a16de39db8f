package dev.cadenza.auth.mail;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes an order for a mail over. */
@Component
public class QueueMail {

    private final Mails mails;

    QueueMail(Mails mails) {
        this.mails = mails;
    }

    /** From now on the mail is sent, whatever happens to this process. May be repeated. */
    public Mono<Void> queue(MailOrder order) {
        return mails.insert(order.id(), Mail.ordered(order));
    }
}
