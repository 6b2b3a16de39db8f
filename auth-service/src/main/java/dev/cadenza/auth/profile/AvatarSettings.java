package dev.cadenza.auth.profile;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Pictures of users.
 *
 * @param address under which they are served, as clients see it; the name of the file follows
 * @param maxFileSize largest file that is accepted
 * @param maxPixels a picture that declares more is refused before it is decoded
 * @param side longest side of what is stored
 * @param concurrency pictures that are worked on at the same moment
 * @param sweep how often pictures that nobody shows are looked for
 * @param orphanAge after which a stored picture that nobody shows goes; longer than storing one takes
 */
@Validated
@ConfigurationProperties("cadenza.avatar")
public record AvatarSettings(
        @NotBlank String address,
        @DefaultValue("5MB") DataSize maxFileSize,
        @DefaultValue("40000000") @Min(1) int maxPixels,
        @DefaultValue("512") @Min(16) @Max(4096) int side,
        @DefaultValue("2") @Min(1) int concurrency,
        @DefaultValue("1h") Duration sweep,
        @DefaultValue("1h") Duration orphanAge) {}
