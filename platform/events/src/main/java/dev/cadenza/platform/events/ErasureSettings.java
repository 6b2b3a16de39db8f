package dev.cadenza.platform.events;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Erasing of deleted accounts.
 *
 * @param poll how often it is looked for accounts to erase
 * @param againAfter when an account is erased once more: no request that began before its end lasts that long
 * @param lease how long an account is left to the instance that took it
 * @param retryAfter pause after a failure
 */
@Validated
@ConfigurationProperties("cadenza.erasure")
record ErasureSettings(
        @DefaultValue("5s") @DurationMin(millis = 10) Duration poll,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration againAfter,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration lease,
        @DefaultValue("1m") @DurationMin(millis = 1) Duration retryAfter) {}
