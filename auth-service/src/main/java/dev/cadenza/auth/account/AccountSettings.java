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
 * @param resetsValidFor lifetime of a token that sets another password
 * @param mailsPerHour mails of a kind that may be asked for by naming an address within an hour
 * @param longestToken lifetime of the access tokens that live longest: for so long others must know that they are revoked
 * @param poll how often mails that were asked for, and whatever else was left to do, are looked for
 */
@Validated
@ConfigurationProperties("cadenza.account")
public record AccountSettings(
        @DefaultValue("4s") Duration registrationDeadline,
        @DefaultValue("6s") Duration abandonedAfter,
        @DefaultValue("24h") Duration tokensValidFor,
        @DefaultValue("1h") Duration resetsValidFor,
        @DefaultValue("3") @Min(1) int mailsPerHour,
        @DefaultValue("24h") Duration longestToken,
        @DefaultValue("1s") Duration poll) {

    public AccountSettings {
        if (abandonedAfter.compareTo(registrationDeadline) <= 0) {
            throw new IllegalArgumentException(
                    "cadenza.account.abandoned-after must be longer than registration-deadline");
        }
    }
}
