package dev.cadenza.processing.separate;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How songs are split.
 *
 * @param engine {@code spectral}, the built-in one, or the name that a model's manifest gives it
 */
@Validated
@ConfigurationProperties("cadenza.separation")
public record SeparationSettings(
        @DefaultValue("spectral") @NotBlank String engine) {}
