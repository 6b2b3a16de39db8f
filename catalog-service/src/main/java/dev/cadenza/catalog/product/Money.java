package dev.cadenza.catalog.product;

import dev.cadenza.platform.core.Failure.Violation;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money, exact.
 *
 * @param minor in the smallest unit of the currency
 * @param currency ISO 4217 code
 */
public record Money(long minor, String currency) {

    /** The largest price, in the smallest unit. */
    public static final long LARGEST = 99_999_999;

    /** None of this currency. */
    public static Money none(String currency) {
        return new Money(0, currency);
    }

    /** A price as somebody wrote it; null, and a violation of {@code price} or {@code currency}, where it is none. */
    static @Nullable Money price(BigDecimal amount, String currency, List<Violation> violations) {
        int digits = digits(currency);
        if (digits < 0) {
            violations.add(Violation.of("currency", "The currency must be an ISO 4217 code, such as EUR."));
            return null;
        }
        BigDecimal most = BigDecimal.valueOf(LARGEST, digits);
        if (amount.signum() < 0 || amount.compareTo(most) > 0) {
            violations.add(Violation.of("price", "The price must be between 0 and " + most.toPlainString() + "."));
            return null;
        }
        BigDecimal plain = amount.stripTrailingZeros();
        if (plain.scale() > digits) {
            violations.add(Violation.of(
                    "price", "The price must not have more than " + digits + " decimals in " + currency + "."));
            return null;
        }
        return new Money(plain.movePointRight(digits).longValueExact(), currency);
    }

    /** The code as it is known; empty text is no currency. */
    static String code(String currency) {
        return currency.strip().toUpperCase(Locale.ROOT);
    }

    /** Decimals of a currency; -1 where it is none that prices are made in. */
    private static int digits(String currency) {
        try {
            return Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /** With the currency's decimals: 9.90, or 500 where it has none. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minor, Math.max(0, digits(currency)));
    }

    /** Both together; of one currency. */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("the sum of " + currency + " and " + other.currency);
        }
        return new Money(Math.addExact(minor, other.minor), currency);
    }

    /** Whether it costs nothing. */
    public boolean isNone() {
        return minor == 0;
    }
}
