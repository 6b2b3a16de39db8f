package dev.cadenza.platform.web.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are believed.
 *
 * @param audience what a token's {@code aud} must contain
 * @param issuers Keycloak's realm and auth-service
 * @param keyFetchInterval how often an issuer is asked for its keys at most, because of key ids that are not known
 * @param keyRefresh how old keys may become before the issuer is asked for them again; until it answers they count on
 * @param longestToken a longer one is refused unread
 * @param keptTokens whose signature is remembered to hold, at most; 0 for none
 * @param keepTokens how long; while the issuer takes a key back, tokens that it signed are believed for so long
 * @param filterChain whether Spring Security guards the routes; {@code false} for the gateway, which looks at tokens
 *     itself and leaves it to the services what they open
 */
@Validated
@ConfigurationProperties("cadenza.security")
public record SecuritySettings(
        @DefaultValue("cadenza") @NotBlank String audience,
        @NotEmpty List<@Valid Issuer> issuers,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration keyFetchInterval,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration keyRefresh,
        @DefaultValue("16KB") DataSize longestToken,
        @DefaultValue("2000") @Min(0) int keptTokens,
        @DefaultValue("1m") @DurationMin(millis = 0) Duration keepTokens,
        @DefaultValue("true") boolean filterChain) {

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
