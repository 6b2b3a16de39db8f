package dev.cadenza.auth.login;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Logins.
 *
 * @param unremembered how long a session lives whose owner does not want to be remembered, however often it is refreshed
 */
@Validated
@ConfigurationProperties("cadenza.login")
public record LoginSettings(@DefaultValue("30d") Duration unremembered) {}
