package dev.cadenza.platform.web.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are believed.
 *
 * @param audience what a token's {@code aud} must contain
 * @param issuers Keycloak's realm and auth-service
 */
@Validated
@ConfigurationProperties("cadenza.security")
public record SecuritySettings(
        @DefaultValue("cadenza") @NotBlank String audience,
        @NotEmpty List<@Valid Issuer> issuers) {

    /**
     * A source of tokens.
     *
     * @param issuer exact value of the {@code iss} claim
     * @param jwksUri where its public keys are; fetched on demand and kept
     * @param algorithm the only signature algorithm accepted from this issuer
     */
    public record Issuer(
            @NotBlank String issuer,
            URI jwksUri,
            @DefaultValue("RS256") SignatureAlgorithm algorithm) {}
}
