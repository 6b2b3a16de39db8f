package dev.cadenza.auth.token;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Tokens that this service signs itself.
 *
 * @param issuer their {@code iss}
 * @param audience their {@code aud}
 * @param lifetime how long one holds
 * @param rotateAfter age at which a signing key gets a successor
 * @param activateAfter how long a successor is only published before it signs; longer than {@code reload}, and than
 *     whoever checks tokens refuses to ask for keys again
 * @param keepFor how long a key stays published after its successor took over; longer than {@code lifetime}
 * @param reload how often every instance looks for keys that another one made
 */
@Validated
@ConfigurationProperties("cadenza.token")
public record TokenSettings(
        @DefaultValue("cadenza-internal") @NotBlank String issuer,
        @DefaultValue("cadenza") @NotBlank String audience,
        @DefaultValue("2m") @DurationMin(seconds = 5) Duration lifetime,
        @DefaultValue("30d") Duration rotateAfter,
        @DefaultValue("10m") Duration activateAfter,
        @DefaultValue("1h") Duration keepFor,
        @DefaultValue("1m") @DurationMin(millis = 50) Duration reload) {

    public TokenSettings {
        if (activateAfter.compareTo(reload) <= 0) {
            throw new IllegalArgumentException("cadenza.token.activate-after must be longer than reload");
        }
        if (keepFor.compareTo(lifetime) <= 0) {
            throw new IllegalArgumentException("cadenza.token.keep-for must be longer than lifetime");
        }
        if (rotateAfter.compareTo(activateAfter.plus(keepFor)) <= 0) {
            throw new IllegalArgumentException(
                    "cadenza.token.rotate-after must be longer than activate-after and keep-for together");
        }
    }
}
