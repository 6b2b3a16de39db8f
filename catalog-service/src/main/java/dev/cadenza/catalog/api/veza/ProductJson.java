package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.product.CreateProduct;
import dev.cadenza.catalog.product.Product;
import dev.cadenza.catalog.product.ProductDetails;
import dev.cadenza.catalog.product.ProductStatus;
import dev.cadenza.catalog.product.ProductType;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A product as the dialect shows it, in every answer alike. */
record ProductJson(
        UUID id,
        String title,
        @Nullable String description,
        BigDecimal price,
        String currency,
        String status,
        String productType,
        @Nullable UUID trackId,
        String licenseType,
        UUID sellerId,
        Instant createdAt,
        Instant updatedAt) {

    /** A new product. */
    record Create(
            @Nullable String title,
            @Nullable String description,
            @Nullable BigDecimal price,
            @Nullable String currency,
            @Nullable String status,
            @Nullable String productType,
            @Nullable UUID trackId,
            @Nullable String licenseType) {

        CreateProduct.Offer offer(UUID seller) {
            return new CreateProduct.Offer(
                    seller,
                    productType == null
                            ? ProductType.TRACK
                            : word("product_type", productType, ProductType.values(), ProductType::word),
                    trackId,
                    new ProductDetails.Change(title, description, price, currency, licenseType),
                    status == null ? ProductStatus.ACTIVE : statusOf(status));
        }
    }

    /** What is left out stays. */
    record Update(
            @Nullable String title,
            @Nullable String description,
            @Nullable BigDecimal price,
            @Nullable String currency,
            @Nullable String status,
            @Nullable String licenseType) {

        ProductDetails.Change change() {
            return new ProductDetails.Change(title, description, price, currency, licenseType);
        }

        @Nullable
        ProductStatus wanted() {
            return status == null ? null : statusOf(status);
        }
    }

    static ProductJson of(Versioned<Product> product) {
        Product state = product.state();
        ProductDetails details = state.details();
        return new ProductJson(
                product.id(),
                details.title(),
                details.description(),
                details.price().amount(),
                details.price().currency(),
                state.status().word(),
                state.type().word(),
                state.trackId(),
                details.license(),
                state.sellerId(),
                state.createdAt(),
                state.updatedAt());
    }

    private static ProductStatus statusOf(String text) {
        return word("status", text, ProductStatus.values(), ProductStatus::word);
    }

    private static <T> T word(String field, String text, T[] values, Function<T, String> word) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> Failure.invalidField(
                        field,
                        "The " + field + " must be one of "
                                + Arrays.stream(values).map(word).collect(Collectors.joining(", ")) + "."));
    }
}
