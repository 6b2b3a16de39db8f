package dev.cadenza.auth.attempt;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When somebody who failed to log in has to wait.
 *
 * @param ofStrangers failures of one account, from everywhere but its known devices, before all of them wait
 * @param ofDevice failures of one account from one of its known devices before that device waits
 * @param ofNetwork failures of any accounts from one network before everybody there waits, known devices excepted
 * @param firstWait after the last of them; every further failure doubles it
 * @param longestWait and no more than this
 * @param forgottenAfter without a failure
 * @param deviceKnownFor since it was used last
 * @param devices that an account knows at most; the one used longest ago goes
 */
@Validated
@ConfigurationProperties("cadenza.attempts")
public record AttemptSettings(
        @DefaultValue("5") @Min(1) int ofStrangers,
        @DefaultValue("10") @Min(1) int ofDevice,
        @DefaultValue("50") @Min(1) int ofNetwork,
        @DefaultValue("30s") Duration firstWait,
        @DefaultValue("15m") Duration longestWait,
        @DefaultValue("12h") Duration forgottenAfter,
        @DefaultValue("180d") Duration deviceKnownFor,
        @DefaultValue("50") @Min(1) @Max(1000) int devices) {}
