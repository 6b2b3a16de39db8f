package dev.cadenza.gateway.limit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often somebody may call. Rates are written {@code 100/1m} (so many in each window of that length, which begins with
 * the first request) or {@code off}.
 *
 * @param enabled {@code false}: nobody is limited, also API keys are not
 * @param address all requests to {@code /api/v1} of one address; networks of IPv6 of 64 bits count as one address
 * @param signIn logging in and registering at {@code /api/v1}, by address
 * @param upload uploads to {@code /api/v1}, by user
 * @param wrongCredentials API keys and session cookies that name nobody, in any dialect, by address
 * @param patience for the counters that another instance keeps; after that the request passes uncounted
 */
@Validated
@ConfigurationProperties("cadenza.gateway.limits")
public record LimitSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("100/1m") Rate address,
        @DefaultValue("5/1m") Rate signIn,
        @DefaultValue("10/1h") Rate upload,
        @DefaultValue("60/1m") Rate wrongCredentials,
        @DefaultValue("250ms") @DurationMin(millis = 1) Duration patience) {}
