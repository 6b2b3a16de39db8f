package dev.cadenza.catalog.payment;

import dev.cadenza.catalog.product.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Whoever moves the money. Asking twice about the same order moves it once: that is how somebody who does not know the
 * outcome finds it out. Fails, or never answers, where the outcome cannot be known now.
 */
public interface Payments {

    /** Takes the money for an order. */
    Mono<Outcome> charge(Charge charge);

    /** Gives it back. */
    Mono<Outcome> refund(Refund refund);

    /**
     * Money to take.
     *
     * @param method what the buyer pays with, as the provider names it; null: whatever the provider has
     * @param reference of the payment, where the provider has told it
     * @param since when it was asked for for the first time
     * @param attempts how often it was asked for without an outcome
     */
    record Charge(
            UUID orderId,
            Money amount,
            @Nullable String method,
            @Nullable String reference,
            Instant since,
            int attempts) {}

    /**
     * Money to give back.
     *
     * @param reference of the payment
     */
    record Refund(UUID orderId, Money amount, @Nullable String reference) {}

    /** What came of it. */
    sealed interface Outcome {

        /**
         * The money moved.
         *
         * @param reference of the payment at the provider
         */
        record Succeeded(String reference) implements Outcome {}

        /**
         * It did not, and will not.
         *
         * @param reason a word of the provider's, such as {@code insufficient_funds}
         */
        record Declined(String reason) implements Outcome {}

        /**
         * It is not known yet; worth asking again.
         *
         * @param reference of the payment, where it is known
         */
        record Open(@Nullable String reference) implements Outcome {}
    }
}
