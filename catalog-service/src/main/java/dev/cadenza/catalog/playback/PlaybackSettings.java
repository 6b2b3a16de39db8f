package dev.cadenza.catalog.playback;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of playback.
 *
 * @param transcodes renditions that are made at the same time, and as many rungs of HLS beside them
 * @param patience how long a request waits for a rendition or a segment that is being made
 * @param keepRenditions how long a rendition is kept after it was made; it is made again when somebody asks
 * @param sweepInterval how often old renditions are looked for
 * @param redirect whether clients are sent to the object store ({@code cadenza.storage.public-endpoint}) for the bytes of
 *     tracks, except those of HLS, instead of getting them through here
 * @param redirectFor how long such an address is good
 */
@Validated
@ConfigurationProperties("cadenza.catalog.playback")
public record PlaybackSettings(
        @DefaultValue("2") @Min(1) @Max(64) int transcodes,
        @DefaultValue("20s") @NotNull Duration patience,
        @DefaultValue("30d") @NotNull Duration keepRenditions,
        @DefaultValue("1h") @NotNull Duration sweepInterval,
        @DefaultValue("false") boolean redirect,

        @DefaultValue("1h") @DurationMin(minutes = 1) @DurationMax(days = 7)
        Duration redirectFor) {}
