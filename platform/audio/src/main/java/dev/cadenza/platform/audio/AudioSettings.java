package dev.cadenza.platform.audio;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the FFmpeg child process.
 *
 * @param ffmpeg program to use, {@code ffprobe} beside it; not set: the environment's {@code FFMPEG_PATH}, else the
 *     one that came with the build
 * @param cacheDirectory where the one that came with the build is unpacked (about 65 MB); not set: a folder of this
 *     user's cache
 * @param maxDuration longest audio that is accepted
 * @param maxChannels most channels that are accepted
 * @param maxSampleRate highest sample rate that is accepted
 * @param wallTimeout longest time one child may take
 * @param cpuTimeout most CPU time one child may take
 * @param memory address space of one child
 * @param maxOutput largest file a child may write
 */
@Validated
@ConfigurationProperties("cadenza.audio")
public record AudioSettings(
        @Nullable Path ffmpeg,
        @Nullable Path cacheDirectory,
        @DefaultValue("6h") @NotNull Duration maxDuration,
        @DefaultValue("8") @Positive int maxChannels,
        @DefaultValue("192000") @Positive int maxSampleRate,
        @DefaultValue("10m") @NotNull Duration wallTimeout,
        @DefaultValue("10m") @NotNull Duration cpuTimeout,
        @DefaultValue("2GB") @NotNull DataSize memory,
        @DefaultValue("8GB") @NotNull DataSize maxOutput) {

    /** The defaults, for programs without Spring. */
    public static AudioSettings defaults() {
        return new AudioSettings(
                null,
                null,
                Duration.ofHours(6),
                8,
                192_000,
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                DataSize.ofGigabytes(2),
                DataSize.ofGigabytes(8));
    }

    /** The same with another wall-clock limit. */
    public AudioSettings withWallTimeout(Duration timeout) {
        return new AudioSettings(
                ffmpeg,
                cacheDirectory,
                maxDuration,
                maxChannels,
                maxSampleRate,
                timeout,
                cpuTimeout,
                memory,
                maxOutput);
    }
}
