package dev.cadenza.catalog.product;

import dev.cadenza.platform.events.PersonalData;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An account is gone: its products go. Orders stay, for the books; they hold ids and amounts, and no words. */
@Component
public final class EraseProducts implements PersonalData {

    private final Products products;

    EraseProducts(Products products) {
        this.products = products;
    }

    @Override
    public Mono<Void> erase(UUID account) {
        return products.removeAllOf(account);
    }
}
