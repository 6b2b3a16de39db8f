package dev.cadenza.gateway.watch;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of what happens here others are told.
 *
 * @param deniedByAddress refused requests of one address that are reported a minute
 * @param denied refused requests that are reported a minute, all together
 * @param activeEvery how often a session that is in use is reported
 * @param sessions in use at the same time that are kept apart; more are reported more often
 */
@Validated
@ConfigurationProperties("cadenza.gateway.watch")
public record WatchSettings(
        @DefaultValue("30") @Min(0) int deniedByAddress,
        @DefaultValue("1000") @Min(0) int denied,
        @DefaultValue("1m") @DurationMin(millis = 1) Duration activeEvery,
        @DefaultValue("100000") @Min(1) int sessions) {}
