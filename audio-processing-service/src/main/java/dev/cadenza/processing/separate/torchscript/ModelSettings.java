package dev.cadenza.processing.separate.torchscript;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Models that an operator supplies.
 *
 * @param directory folders with a {@code manifest.json} and a model each; absent: there are none
 * @param nativeCache where PyTorch's libraries are unpacked, about 450 MB; absent: a folder beside the temporary files
 * @param threads of one computation; more than one pays only with {@code OMP_WAIT_POLICY=passive} in the environment
 */
@Validated
@ConfigurationProperties("cadenza.models")
public record ModelSettings(
        @Nullable Path directory,
        @Nullable Path nativeCache,
        @DefaultValue("1") @Min(1) @Max(64) int threads) {}
