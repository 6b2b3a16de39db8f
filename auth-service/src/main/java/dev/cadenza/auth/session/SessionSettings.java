package dev.cadenza.auth.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long sessions live and are remembered.
 *
 * @param browser lifetime of a browser's session, counted from the login
 * @param browserToken for how long a browser's session may be believed without asking again, at most
 * @param remembered how long a session that has ended is still counted
 * @param poll how often ends are passed on to Keycloak
 * @param sweep how often what is over is looked for
 */
@Validated
@ConfigurationProperties("cadenza.session")
public record SessionSettings(
        @DefaultValue("14d") Duration browser,
        @DefaultValue("5m") Duration browserToken,
        @DefaultValue("30d") Duration remembered,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("10m") Duration sweep) {}
