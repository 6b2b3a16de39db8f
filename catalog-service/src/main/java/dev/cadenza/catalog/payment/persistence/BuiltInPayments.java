package dev.cadenza.catalog.payment.persistence;

import dev.cadenza.catalog.payment.PaymentNotices;
import dev.cadenza.catalog.payment.Payments;
import dev.cadenza.platform.core.Failure;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Play money. The method of payment says what happens: {@code test_declined} is declined, {@code test_timeout} takes the
 * money without ever answering the first time, {@code test_timeout_declined} declines likewise, {@code test_pending} stays
 * open the first time, {@code test_refund_declined} does not give back; everything else pays. What happens follows from
 * the question alone, so nothing has to be remembered.
 */
@Component
@ConditionalOnProperty(name = "cadenza.catalog.payment.provider", havingValue = "built-in", matchIfMissing = true)
final class BuiltInPayments implements Payments, PaymentNotices {

    private static final Logger LOG = LoggerFactory.getLogger(BuiltInPayments.class);
    private static final String NOT_BACK = "final_";

    BuiltInPayments() {
        LOG.info("orders are paid with play money; cadenza.catalog.payment.provider names another provider");
    }

    @Override
    public Mono<Outcome> charge(Charge charge) {
        String method = charge.method() == null ? "" : charge.method();
        boolean first = charge.attempts() == 0;
        Outcome paid = new Outcome.Succeeded("builtin_" + charge.orderId());
        return switch (method) {
            case "test_declined" -> Mono.just(new Outcome.Declined("card_declined"));
            case "test_timeout" -> first ? Mono.never() : Mono.just(paid);
            case "test_timeout_declined" ->
                first ? Mono.never() : Mono.just(new Outcome.Declined("insufficient_funds"));
            case "test_pending" -> Mono.just(first ? new Outcome.Open("builtin_" + charge.orderId()) : paid);
            case "test_refund_declined" -> Mono.just(new Outcome.Succeeded(NOT_BACK + charge.orderId()));
            default -> Mono.just(paid);
        };
    }

    @Override
    public Mono<Outcome> refund(Refund refund) {
        String reference = String.valueOf(refund.reference());
        return Mono.just(
                reference.startsWith(NOT_BACK)
                        ? new Outcome.Declined("refund_impossible")
                        : new Outcome.Succeeded(reference));
    }

    @Override
    public Optional<UUID> orderOf(byte[] notice, @Nullable String signature) {
        throw Failure.notFound("payment.no_notices", "Not found.");
    }
}
