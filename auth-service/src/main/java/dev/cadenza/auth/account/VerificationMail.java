package dev.cadenza.auth.account;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** The way to an account's owner. */
public interface VerificationMail {

    /** Completes when the mail server has accepted the mail. */
    Mono<Void> send(Account account, String token, Duration validFor);
}
