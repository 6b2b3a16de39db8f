package dev.cadenza.playlist.playlist;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Pictures of playlists.
 *
 * @param maxFileSize largest file that is accepted
 * @param maxPixels a picture that declares more is refused before it is decoded
 * @param side longest side of what is stored
 * @param concurrency pictures that are worked on at the same moment
 * @param sweep how often pictures that no playlist shows are looked for
 * @param orphanAge after which a stored picture that no playlist shows goes; longer than storing one takes
 */
@Validated
@ConfigurationProperties("cadenza.cover")
public record CoverSettings(
        @DefaultValue("5MB") DataSize maxFileSize,
        @DefaultValue("40000000") @Min(1) int maxPixels,
        @DefaultValue("1024") @Min(16) @Max(4096) int side,
        @DefaultValue("2") @Min(1) int concurrency,
        @DefaultValue("1h") Duration sweep,
        @DefaultValue("1h") Duration orphanAge) {}
