package dev.cadenza.platform.storage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where objects are kept.
 *
 * @param endpoint address of the S3 server, such as {@code http://localhost:8095}
 * @param publicEndpoint address under which clients reach the same server; null: they do not
 * @param bucket created when missing
 * @param region what requests are signed for
 * @param connectTimeout longest wait for a connection
 * @param idleTimeout longest wait for the next bytes of a transfer
 * @param callTimeout longest duration of a call that moves no content
 * @param threads how many transfers may wait for bytes at the same time
 */
@Validated
@ConfigurationProperties("cadenza.storage")
public record StorageSettings(
        @NotNull URI endpoint,
        @Nullable URI publicEndpoint,
        @NotBlank String accessKey,
        @NotBlank String secretKey,

        @DefaultValue("cadenza") @Pattern(regexp = "[a-z0-9][a-z0-9.-]{2,62}")
        String bucket,

        @DefaultValue("us-east-1") @NotBlank String region,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("20s") Duration idleTimeout,
        @DefaultValue("10s") Duration callTimeout,
        @DefaultValue("32") @Min(2) @Max(512) int threads) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "StorageSettings[endpoint=" + endpoint + ", bucket=" + bucket + ", region=" + region + "]";
    }
}
