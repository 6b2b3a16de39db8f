package dev.cadenza.platform.events;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How revoked tokens are known.
 *
 * @param age older revocations are not read: longer than any token lives
 * @param patience how long the start waits for a broker that does not answer
 */
@Validated
@ConfigurationProperties("cadenza.revocations")
record RevocationSettings(
        @DefaultValue("25h") @DurationMin(minutes = 1) Duration age,
        @DefaultValue("3s") @DurationMin(millis = 0) Duration patience) {}
