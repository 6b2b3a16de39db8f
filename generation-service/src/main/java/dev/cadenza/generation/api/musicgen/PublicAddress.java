package dev.cadenza.generation.api.musicgen;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where clients reach the platform.
 *
 * @param publicBaseUrl address of the gateway, without trailing slash
 */
@Validated
@ConfigurationProperties("cadenza")
record PublicAddress(@NotNull URI publicBaseUrl) {}
