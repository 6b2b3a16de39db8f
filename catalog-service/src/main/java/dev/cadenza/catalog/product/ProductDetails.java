package dev.cadenza.catalog.product;

import dev.cadenza.catalog.track.TextFields;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Failure.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the seller says about a product.
 *
 * @param title 1 to 200 characters
 * @param description at most 5,000 characters; null where there is none
 * @param license a word, such as {@code standard}
 */
public record ProductDetails(String title, @Nullable String description, Money price, String license) {

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DESCRIPTION = 5_000;
    private static final Pattern LICENSE = Pattern.compile("[a-z0-9][a-z0-9 ._-]{0,49}");

    /** A wish to change some of it: null leaves a field as it is, an empty description removes it. */
    public record Change(
            @Nullable String title,
            @Nullable String description,
            @Nullable BigDecimal price,
            @Nullable String currency,
            @Nullable String license) {}

    /** Of a new product, which needs a title and a price; adds every wrong field to the violations. */
    static ProductDetails of(Change told, String currency, List<Violation> violations) {
        if (told.price() == null) {
            violations.add(Violation.of("price", "The price is required."));
        }
        Change complete = told.title() == null
                ? new Change("", told.description(), told.price(), told.currency(), told.license())
                : told;
        return new ProductDetails("", null, Money.none(currency), "standard").with(complete, violations);
    }

    /** With the change, or {@link Failure.Invalid} naming every wrong field. */
    ProductDetails with(Change change) {
        List<Violation> violations = new ArrayList<>();
        ProductDetails next = with(change, violations);
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
        return next;
    }

    private ProductDetails with(Change change, List<Violation> violations) {
        Money next = price;
        if (change.price() != null || change.currency() != null) {
            Money wanted = Money.price(
                    change.price() == null ? price.amount() : change.price(),
                    change.currency() == null ? price.currency() : Money.code(change.currency()),
                    violations);
            next = wanted == null ? price : wanted;
        }
        String wantedLicense =
                change.license() == null ? license : change.license().strip().toLowerCase(Locale.ROOT);
        if (!LICENSE.matcher(wantedLicense).matches()) {
            violations.add(Violation.of("license_type", "The license_type must be a word, such as standard."));
        }
        return new ProductDetails(
                TextFields.required("title", change.title(), title, LONGEST_TITLE, violations),
                TextFields.optionalLines(
                        "description", change.description(), description, LONGEST_DESCRIPTION, violations),
                next,
                wantedLicense);
    }
}
