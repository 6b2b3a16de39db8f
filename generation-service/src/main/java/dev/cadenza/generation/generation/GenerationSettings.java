package dev.cadenza.generation.generation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Background work of generations.
 *
 * @param sweep removing of bytes that no song has
 */
@Validated
@ConfigurationProperties("cadenza.generation")
public record GenerationSettings(@DefaultValue @Valid Sweep sweep) {

    /**
     * Removing of bytes that no song has: of uploads that went on after their job was called off, of attempts too late.
     *
     * @param interval how often
     * @param orphanAge younger bytes stay; also the time an operator has who starts the service on the wrong database
     */
    public record Sweep(
            @DefaultValue("15m") @NotNull Duration interval,
            @DefaultValue("24h") @NotNull Duration orphanAge) {}
}
