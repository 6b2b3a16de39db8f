package dev.cadenza.analytics.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Background work of the audit log.
 *
 * @param anchorInterval how often it is written down how far the chain has come; what is cut off its end before that is
 *     not noticed
 * @param countInterval how often new rows are added to the counts that are kept; the rest is counted when asked for
 */
@Validated
@ConfigurationProperties("cadenza.audit")
public record AuditSettings(
        @DefaultValue("1m") @DurationMin(millis = 100) Duration anchorInterval,
        @DefaultValue("5s") @DurationMin(millis = 100) Duration countInterval) {}
