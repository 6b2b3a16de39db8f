package dev.cadenza.gateway.docs;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the descriptions of the services are collected.
 *
 * @param refresh how often a service is asked again
 * @param retry how soon a service that did not answer, or answered nothing that can be read, is asked again
 * @param timeout for one description
 * @param maxSize of one description; a larger one is not taken
 */
@Validated
@ConfigurationProperties("cadenza.gateway.docs")
public record DocsSettings(
        @DefaultValue("60s") @DurationMin(millis = 10) Duration refresh,
        @DefaultValue("5s") @DurationMin(millis = 10) Duration retry,
        @DefaultValue("10s") @DurationMin(millis = 10) Duration timeout,
        @DefaultValue("8MB") DataSize maxSize) {}
