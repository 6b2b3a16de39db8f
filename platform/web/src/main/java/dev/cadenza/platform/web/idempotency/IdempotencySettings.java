package dev.cadenza.platform.web.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How requests with an {@code Idempotency-Key} are remembered.
 *
 * @param enabled whether this service heeds the header at all
 * @param retention how long a key counts
 * @param lease how long a request of a process that died keeps others from trying again
 * @param largestAnswer a larger one is not remembered
 */
@Validated
@ConfigurationProperties("cadenza.idempotency")
public record IdempotencySettings(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("24h") @NotNull @DurationMin(seconds = 1)
        Duration retention,

        @DefaultValue("20s") @NotNull @DurationMin(millis = 300)
        Duration lease,

        @DefaultValue("256KB") @NotNull DataSize largestAnswer) {}
