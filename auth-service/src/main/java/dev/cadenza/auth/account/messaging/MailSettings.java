package dev.cadenza.auth.account.messaging;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Mails to owners of accounts.
 *
 * @param from sender, such as {@code Cadenza <no-reply@music.example>}
 * @param verificationLink what the owner follows; {@code {token}} becomes the token
 */
@Validated
@ConfigurationProperties("cadenza.mail")
record MailSettings(
        @DefaultValue("Cadenza <no-reply@cadenza.localhost>") @NotBlank
        String from,

        @NotBlank String verificationLink) {}
