package dev.cadenza.gateway.identity;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long we go by what auth-service said about an API key or a browser session.
 *
 * @param keep answers that name somebody; a revocation ends it at once
 * @param keepRefusal answers that name nobody, so that a client that repeats itself costs auth-service nothing
 * @param kept answers in memory at most, both kinds
 * @param timeout for auth-service's answer
 */
@Validated
@ConfigurationProperties("cadenza.gateway.identity")
public record IdentitySettings(
        @DefaultValue("30s") @DurationMin(millis = 0) @DurationMax(seconds = 30)
        Duration keep,

        @DefaultValue("2s") @DurationMin(millis = 0) @DurationMax(seconds = 30)
        Duration keepRefusal,

        @DefaultValue("50000") @Min(1) int kept,
        @DefaultValue("4s") @DurationMin(millis = 1) Duration timeout) {}
