package dev.cadenza.catalog.api;

import dev.cadenza.catalog.order.FindPurchase;
import dev.cadenza.catalog.product.MarketplaceSettings;
import dev.cadenza.platform.web.media.MediaSigner;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Addresses of what was bought: each for one person, and for a short while. */
@Component
public final class PurchaseMedia {

    private final FindPurchase find;
    private final MediaSigner signer;
    private final MarketplaceSettings settings;
    private final String base;
    private final Clock clock;

    PurchaseMedia(
            FindPurchase find,
            MediaSigner signer,
            MarketplaceSettings settings,
            @Value("${cadenza.public-base-url}") String publicBaseUrl,
            Clock clock) {
        this.find = find;
        this.signer = signer;
        this.settings = settings;
        this.base = publicBaseUrl;
        this.clock = clock;
    }

    /**
     * An address that can be downloaded from.
     *
     * @param until when it ends
     */
    public record Address(URI url, Instant until) {}

    /** The address for this person; fails as {@link FindPurchase#find} does. */
    public Mono<Address> address(UUID productId, UUID person) {
        return find.find(productId, person).map(track -> {
            Instant until = clock.instant().plus(settings.downloadValidFor()).truncatedTo(ChronoUnit.SECONDS);
            return new Address(
                    URI.create(base + "/media/purchases/" + productId + "?holder=" + person + "&"
                            + signer.query(what(productId, person), until)),
                    until);
        });
    }

    /** Whether these parameters are those of an address of the product that was given to this person and has not ended. */
    boolean opens(UUID productId, UUID person, @Nullable String expires, @Nullable String signature) {
        return signer.valid(what(productId, person), expires, signature);
    }

    private static String what(UUID productId, UUID person) {
        return "catalog/purchases/" + productId + "/" + person;
    }
}
