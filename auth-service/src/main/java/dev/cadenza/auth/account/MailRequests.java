package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where requests for mails are kept. */
public interface MailRequests {

    /** Writes the change, again where somebody else was faster; begins with none where there are none. */
    Mono<Versioned<MailRequest>> change(
            MailKind kind, String address, Function<MailRequest, Change<MailRequest, Void>> transition);

    /** Requests whose mail is not ordered yet, the longest waiting first. */
    Flux<Versioned<MailRequest>> waiting(Instant now, int limit);

    /** Removes those of which nothing waits and nothing was asked for since this moment; says how many. */
    Mono<Long> forget(Instant before);
}
