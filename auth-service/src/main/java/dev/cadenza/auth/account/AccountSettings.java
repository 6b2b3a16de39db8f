package dev.cadenza.auth.account;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How accounts come to be.
 *
 * @param registrationDeadline after which a registration answers that it did not work out
 * @param abandonedAfter after which a registration that is not complete is nobody's any more; longer than the deadline
 * @param tokensValidFor lifetime of a verification token
 * @param mailsPerHour verification mails that one address may ask for within an hour
 * @param mailPause before a mail that did not leave is tried again; doubles up to an hour. Longer than sending takes
 * @param mailAttempts after so many a mail is given up; its owner may ask for another
 * @param longestToken lifetime of the access tokens that live longest: for so long others must know that they are revoked
 * @param poll how often due mails and whatever else was left to do are looked for
 */
@Validated
@ConfigurationProperties("cadenza.account")
public record AccountSettings(
        @DefaultValue("15s") Duration registrationDeadline,
        @DefaultValue("30s") Duration abandonedAfter,
        @DefaultValue("24h") Duration tokensValidFor,
        @DefaultValue("3") @Min(1) int mailsPerHour,
        @DefaultValue("30s") Duration mailPause,
        @DefaultValue("40") @Min(1) int mailAttempts,
        @DefaultValue("24h") Duration longestToken,
        @DefaultValue("1s") Duration poll) {

    public AccountSettings {
        if (abandonedAfter.compareTo(registrationDeadline) <= 0) {
            throw new IllegalArgumentException(
                    "cadenza.account.abandoned-after must be longer than registration-deadline");
        }
    }

    Verification.Limits limits() {
        return new Verification.Limits(tokensValidFor, mailsPerHour, mailPause, mailAttempts);
    }
}
