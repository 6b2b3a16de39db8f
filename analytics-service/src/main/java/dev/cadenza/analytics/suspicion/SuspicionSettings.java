package dev.cadenza.analytics.suspicion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is suspicious.
 *
 * @param failedLoginsPerAccount so many failed or refused logins of one account within {@code failedLoginsWithin}
 * @param failedLoginsPerAddress so many from one address within {@code failedLoginsWithin}
 * @param accountsPerAddress over at least so many accounts
 * @param failedLoginsWithin see above
 * @param newNetworkWithin a login from a network that the account never used, this soon after one from elsewhere
 * @param deniedPaths refusals of so many different paths within {@code deniedWithin}
 * @param deniedWithin see above
 * @param mostRows rows of one kind that are looked at, the newest ones
 * @param mostFindings findings that are shown
 */
@Validated
@ConfigurationProperties("cadenza.audit.suspicion")
public record SuspicionSettings(
        @DefaultValue("10") @Min(2) int failedLoginsPerAccount,
        @DefaultValue("20") @Min(2) int failedLoginsPerAddress,
        @DefaultValue("3") @Min(1) int accountsPerAddress,

        @DefaultValue("15m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration failedLoginsWithin,

        @DefaultValue("6h") @DurationMin(seconds = 1) @DurationMax(days = 30)
        Duration newNetworkWithin,

        @DefaultValue("20") @Min(2) int deniedPaths,

        @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 1)
        Duration deniedWithin,

        @DefaultValue("50000") @Min(100) @Max(1_000_000) int mostRows,
        @DefaultValue("100") @Min(1) @Max(1_000) int mostFindings) {}
