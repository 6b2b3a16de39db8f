package dev.cadenza.social.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How webhooks behave.
 *
 * @param allowedPrivateNetworks networks in CIDR form that deliveries may reach although they are not public; empty by
 *     default, so that nobody can make this service talk to its own surroundings
 * @param timeout the whole of one attempt, from name resolution to the end of the answer
 * @param lease how long an attempt belongs to the instance that began it; longer than {@code timeout}
 * @param poll how often the store is asked for due deliveries when nothing hints at new ones
 * @param maxInFlight attempts at once in this instance
 * @param maxInFlightPerWebhook attempts at once of one webhook, so that a slow endpoint fills no more than this
 * @param maxInFlightPerOwner attempts at once of one user's webhooks together
 * @param maxPerOwner webhooks that one user may have
 * @param keyOverlap how long the former key goes on signing after a new one was made
 * @param keepFor how long finished deliveries are kept; longer than the topics keep events, because a kept delivery is
 *     what makes a repeated event do nothing
 */
@Validated
@ConfigurationProperties("cadenza.webhooks")
public record WebhookSettings(
        @DefaultValue List<String> allowedPrivateNetworks,
        @DefaultValue("15s") @NotNull Duration timeout,
        @DefaultValue("60s") @NotNull Duration lease,
        @DefaultValue("1s") @NotNull Duration poll,
        @DefaultValue("256") @Min(1) @Max(10_000) int maxInFlight,
        @DefaultValue("4") @Min(1) @Max(100) int maxInFlightPerWebhook,
        @DefaultValue("16") @Min(1) @Max(1_000) int maxInFlightPerOwner,
        @DefaultValue("20") @Min(1) @Max(1_000) int maxPerOwner,
        @DefaultValue("24h") @NotNull Duration keyOverlap,
        @DefaultValue("30d") @NotNull Duration keepFor) {

    public WebhookSettings {
        allowedPrivateNetworks = List.copyOf(allowedPrivateNetworks);
        if (lease.compareTo(timeout) <= 0) {
            throw new IllegalArgumentException("cadenza.webhooks.lease must be longer than cadenza.webhooks.timeout");
        }
    }
}
