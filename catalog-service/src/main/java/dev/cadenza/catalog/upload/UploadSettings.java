package dev.cadenza.catalog.upload;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of uploads in chunks.
 *
 * @param maxChunks most chunks of one upload
 * @param maxOpen most uploads that one user has under way
 * @param keep how long an upload may take; what is not complete then is removed
 * @param joining how long chunks stay as they are while they are joined; longer than that takes
 * @param sweepInterval how often abandoned uploads are looked for
 */
@Validated
@ConfigurationProperties("cadenza.catalog.uploads")
public record UploadSettings(
        @DefaultValue("2000") @Min(1) @Max(10_000) int maxChunks,
        @DefaultValue("20") @Min(1) int maxOpen,
        @DefaultValue("24h") @NotNull Duration keep,
        @DefaultValue("10m") @NotNull Duration joining,
        @DefaultValue("15m") @NotNull Duration sweepInterval) {}
