package dev.cadenza.auth.secret;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What this service protects its own secrets with.
 *
 * @param secret random text of at least 32 characters, the same in every instance; keys for single purposes are derived
 *     from it. What was encrypted under another one can no longer be read
 */
@Validated
@ConfigurationProperties("cadenza.auth")
public record SecretSettings(@NotNull @Size(min = 32) String secret) {

    @Override
    public String toString() {
        return "SecretSettings[…]";
    }
}
