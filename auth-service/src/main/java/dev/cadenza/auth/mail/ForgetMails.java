package dev.cadenza.auth.mail;

import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets mails that were sent or given up long ago. */
@Component
public class ForgetMails {

    private static final int BATCH = 1_000;
    private static final int AT_ONCE = 8;

    private final Mails mails;
    private final MailSettings settings;
    private final Clock clock;

    ForgetMails(Mails mails, MailSettings settings, Clock clock) {
        this.mails = mails;
        this.settings = settings;
        this.clock = clock;
    }

    /** Up to a batch. */
    public Mono<Long> forget() {
        return Mono.defer(() -> mails.done(clock.instant().minus(settings.remembered()), BATCH)
                .flatMap(mail -> mails.remove(mail).thenReturn(mail), AT_ONCE)
                .count());
    }
}
