package dev.cadenza.auth.mail;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Mails to owners of accounts.
 *
 * @param from sender, such as {@code Cadenza <no-reply@music.example>}
 * @param verificationLinks what the owner follows to prove the address, by dialect; {@code {token}} becomes the token
 * @param resetLink what the owner follows to set another password; {@code {token}} becomes the token
 * @param pause before a mail that did not leave is tried again; doubles up to an hour. Longer than sending takes
 * @param attempts after so many a mail is given up
 * @param remembered how long the id of a mail that was sent is kept
 * @param poll how often due mails are looked for
 * @param sweep how often mails to forget are looked for
 */
@Validated
@ConfigurationProperties("cadenza.mail")
public record MailSettings(
        @DefaultValue("Cadenza <no-reply@cadenza.localhost>") @NotBlank
        String from,

        @NotEmpty Map<String, String> verificationLinks,
        @NotBlank String resetLink,
        @DefaultValue("30s") Duration pause,
        @DefaultValue("40") @Min(1) int attempts,
        @DefaultValue("7d") Duration remembered,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("10m") Duration sweep) {

    private static final String NATIVE = "veza";

    Mail.Limits limits() {
        return new Mail.Limits(pause, attempts);
    }

    String verificationLink(String client) {
        String link = verificationLinks.get(verificationLinks.containsKey(client) ? client : NATIVE);
        if (link == null) {
            throw new IllegalStateException("cadenza.mail.verification-links." + NATIVE + " is not set");
        }
        return link;
    }
}
