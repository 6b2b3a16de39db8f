package dev.cadenza.platform.web.media;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Addresses of media that work without an identity for a while.
 *
 * @param signingSecret what they are signed with, the same in all instances, at least 16 bytes; where absent, each start
 *     makes one up, and addresses end with the process
 * @param validFor longest time that an address works; at least half of it when it is handed out
 */
@Validated
@ConfigurationProperties("cadenza.media")
public record MediaSettings(
        @Nullable String signingSecret,
        @DefaultValue("2h") @NotNull Duration validFor) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "MediaSettings[validFor=" + validFor + "]";
    }
}
