package dev.cadenza.auth.key;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * API keys.
 *
 * @param perAccount usable keys that one account may have at a time
 * @param requestsPerMinute of a key whose owner asks for no other limit
 * @param mostRequestsPerMinute that an owner may ask for
 * @param longestLife furthest expiry that may be asked for
 * @param longestGrace furthest that a replaced secret may go on working
 * @param usePause a key's last use is written at most once in this time
 * @param useDelay how long a use may stay unwritten; those of a process that is killed in between are lost
 * @param shownFor how long a key that has ended stays in the list
 * @param sweep how often such keys are looked for
 */
@Validated
@ConfigurationProperties("cadenza.keys")
public record KeySettings(
        @DefaultValue("25") @Min(1) @Max(200) int perAccount,
        @DefaultValue("600") @Min(1) int requestsPerMinute,
        @DefaultValue("6000") @Min(1) int mostRequestsPerMinute,
        @DefaultValue("3650d") Duration longestLife,
        @DefaultValue("24h") Duration longestGrace,
        @DefaultValue("1m") Duration usePause,
        @DefaultValue("5s") @DurationMin(millis = 10) Duration useDelay,
        @DefaultValue("30d") Duration shownFor,
        @DefaultValue("10m") @DurationMin(millis = 10) Duration sweep) {

    public KeySettings {
        if (requestsPerMinute > mostRequestsPerMinute) {
            throw new IllegalArgumentException(
                    "cadenza.keys.requests-per-minute must not be more than most-requests-per-minute");
        }
    }
}
