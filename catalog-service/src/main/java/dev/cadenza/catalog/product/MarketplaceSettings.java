package dev.cadenza.catalog.product;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Buying and selling.
 *
 * @param currency of prices that name none
 * @param fee what the platform keeps of a price, in hundredths of a percent
 * @param downloadValidFor how long the address of something bought works
 * @param settleInterval how often orders are looked for whose payment is not known
 * @param settleAfter how long an order is left to the request that placed it
 * @param settleAgain first pause after a provider that did not know; doubles, up to 10 minutes
 */
@Validated
@ConfigurationProperties("cadenza.catalog.marketplace")
public record MarketplaceSettings(
        @DefaultValue("EUR") @NotNull @Pattern(regexp = "[A-Z]{3}")
        String currency,

        @DefaultValue("1000") @Min(0) @Max(9_000) int fee,

        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1)
        Duration downloadValidFor,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 50)
        Duration settleInterval,

        @DefaultValue("30s") @NotNull @DurationMin(millis = 1)
        Duration settleAfter,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 1)
        Duration settleAgain) {}
