package dev.cadenza.catalog.api;

import dev.cadenza.catalog.order.FindPurchase;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.dialect.Problems;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The audio behind {@link PurchaseMedia#address}. Works without an identity, so that any program can download; with one it
 * must be the one that the address was given to. Whether that person still has it is asked each time.
 */
@RestController
class PurchaseMediaController {

    private final PurchaseMedia purchases;
    private final FindPurchase find;
    private final TrackMedia media;

    PurchaseMediaController(PurchaseMedia purchases, FindPurchase find, TrackMedia media) {
        this.purchases = purchases;
        this.find = find;
        this.media = media;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openPurchases() {
        return OpenRoutes.of(HttpMethod.GET, "/media/purchases/{productId}");
    }

    @GetMapping("/media/purchases/{productId}")
    Mono<Void> purchase(
            @PathVariable UUID productId,
            @RequestParam(required = false) @Nullable UUID holder,
            @RequestParam(required = false) @Nullable String expires,
            @RequestParam(required = false) @Nullable String signature,
            Optional<Caller> caller,
            ServerWebExchange exchange) {
        if (holder == null || !purchases.opens(productId, holder, expires, signature)) {
            return Mono.error(
                    caller.isEmpty()
                            ? Problems.UNAUTHENTICATED.asException()
                            : Failure.notFound("product.not_found", "Not found."));
        }
        if (caller.isPresent() && !caller.get().id().equals(holder)) {
            return Mono.error(Failure.notFound("product.not_found", "Not found."));
        }
        return find.find(productId, holder).flatMap(track -> media.download(exchange, track, holder, null));
    }
}
