package dev.cadenza.auth.account;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets requests for mails that count no more. */
@Component
public class ForgetMailRequests {

    private final MailRequests requests;
    private final Clock clock;

    ForgetMailRequests(MailRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /** Up to a batch. */
    public Mono<Long> forget() {
        return Mono.defer(() -> requests.forget(clock.instant().minus(Duration.ofHours(1))));
    }
}
