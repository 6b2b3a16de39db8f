package dev.cadenza.catalog.payment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who moves the money.
 *
 * @param provider the built-in one moves none: it is for trying things out
 * @param timeout how long the provider is waited for
 * @param stripe only for that provider
 */
@Validated
@ConfigurationProperties("cadenza.catalog.payment")
public record PaymentSettings(
        @DefaultValue("built-in") @NotNull Provider provider,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 10)
        Duration timeout,

        @DefaultValue @Valid Stripe stripe) {

    /** Providers. */
    public enum Provider {
        /** Play money. */
        BUILT_IN,
        /** Stripe. */
        STRIPE
    }

    /**
     * Stripe.
     *
     * @param url of its API
     * @param apiKey secret key
     * @param webhookSecret with which its notices are signed; null: none are taken
     * @param noticeAge an older notice is refused
     */
    public record Stripe(
            @DefaultValue("https://api.stripe.com") @NotNull URI url,
            @Nullable String apiKey,
            @Nullable String webhookSecret,
            @DefaultValue("5m") @NotNull Duration noticeAge) {

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return "Stripe[url=" + url + "]";
        }
    }

    @AssertTrue(message = "cadenza.catalog.payment.stripe.api-key is needed")
    boolean isStripeComplete() {
        return provider != Provider.STRIPE
                || stripe.apiKey() != null && !stripe.apiKey().isBlank();
    }
}
