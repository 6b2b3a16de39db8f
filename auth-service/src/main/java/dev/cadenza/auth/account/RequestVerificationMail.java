package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks for another verification mail. Completes alike whether the address is known, verified or neither. */
@Component
public class RequestVerificationMail {

    private final MailRequests requests;
    private final AccountSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    RequestVerificationMail(MailRequests requests, AccountSettings settings, Supplier<UUID> ids, Clock clock) {
        this.requests = requests;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The mail follows soon. {@link Failure.TooMany} where too many were asked for, alike for every address.
     *
     * @param client dialect in which the owner will follow its link
     */
    public Mono<Void> request(String client, String email) {
        return requests.change(
                        MailKind.VERIFY,
                        Account.key(email),
                        request -> request.asked(client, ids.get(), clock.instant(), settings.mailsPerHour()))
                .then();
    }
}
