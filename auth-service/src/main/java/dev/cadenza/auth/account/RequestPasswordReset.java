package dev.cadenza.auth.account;

import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Asks for a mail with which another password can be set. Completes alike whether the address is known or not, and
 * whether it has had enough of such mails.
 */
@Component
public class RequestPasswordReset {

    private final MailRequests requests;
    private final AccountSettings settings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    RequestPasswordReset(MailRequests requests, AccountSettings settings, Supplier<UUID> ids, Clock clock) {
        this.requests = requests;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** The mail follows soon, unless too many were asked for within the hour. */
    public Mono<Void> request(String client, String email) {
        return requests.change(
                        MailKind.RESET,
                        Account.key(email),
                        request -> request.asked(client, ids.get(), clock.instant(), settings.mailsPerHour()))
                .onErrorResume(
                        error -> error instanceof FailureException e && e.failure() instanceof Failure.TooMany,
                        enough -> Mono.empty())
                .then();
    }
}
