package dev.cadenza.catalog.track;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits and background work of tracks.
 *
 * @param maxFileSize largest file that is accepted
 * @param quota bytes that one user's tracks may take together
 * @param storeWithin how long it may take to look into an upload and to store it; so long, and a minute, does a process that
 *     was killed keep room from its owner
 * @param probes uploads that are looked into at the same time
 * @param analysis measuring
 * @param sweep removing of bytes that no track has
 */
@Validated
@ConfigurationProperties("cadenza.catalog.tracks")
public record TrackSettings(
        @DefaultValue("100MB") @NotNull DataSize maxFileSize,
        @DefaultValue("1GB") @NotNull DataSize quota,
        @DefaultValue("10m") @NotNull Duration storeWithin,
        @DefaultValue("2") @Min(1) @Max(64) int probes,
        @DefaultValue @Valid Analysis analysis,
        @DefaultValue @Valid Sweep sweep) {

    /**
     * Measuring.
     *
     * @param concurrency tracks that are measured at the same time
     * @param lease after this long without a sign of life of whoever measures a track, another does; it is prolonged
     *     while the work goes on
     * @param poll how often tracks are looked for that nobody measures
     */
    public record Analysis(
            @DefaultValue("1") @Min(1) @Max(64) int concurrency,
            @DefaultValue("20s") @NotNull Duration lease,
            @DefaultValue("2s") @NotNull Duration poll) {}

    /**
     * Removing of bytes that no track has: of uploads that a crash cut off, of tracks deleted in one.
     *
     * @param interval how often
     * @param orphanAge younger bytes may belong to an upload that is not stored yet; also the time an operator has who
     *     starts the service on the wrong database
     */
    public record Sweep(
            @DefaultValue("15m") @NotNull Duration interval,
            @DefaultValue("24h") @NotNull Duration orphanAge) {}
}
