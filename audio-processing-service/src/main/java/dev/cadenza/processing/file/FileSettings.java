package dev.cadenza.processing.file;

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
 * Limits and background work of files.
 *
 * @param maxFileSize largest upload
 * @param probes uploads that are looked into at the same time
 * @param sweep removing of bytes that no file has
 */
@Validated
@ConfigurationProperties("cadenza.processing.files")
public record FileSettings(
        @DefaultValue("100MB") @NotNull DataSize maxFileSize,
        @DefaultValue("2") @Min(1) @Max(64) int probes,
        @DefaultValue @Valid Sweep sweep) {

    /**
     * Removing of bytes that no file has.
     *
     * @param interval how often
     * @param orphanAge younger bytes may belong to an upload that is not stored yet, or to an engine that was not
     *     stopped yet; also the time an operator has who starts the service on the wrong database
     */
    public record Sweep(
            @DefaultValue("15m") @NotNull Duration interval,
            @DefaultValue("24h") @NotNull Duration orphanAge) {}
}
