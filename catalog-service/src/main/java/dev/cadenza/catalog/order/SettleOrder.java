package dev.cadenza.catalog.order;

import dev.cadenza.catalog.payment.PaymentSettings;
import dev.cadenza.catalog.payment.Payments;
import dev.cadenza.catalog.payment.Payments.Outcome;
import dev.cadenza.catalog.product.MarketplaceSettings;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the provider what came of an order's money, and notes it. Harmless to repeat, at any time and by anybody. */
@Component
public final class SettleOrder {

    private static final Logger LOG = LoggerFactory.getLogger(SettleOrder.class);

    private final Orders orders;
    private final Payments payments;
    private final PaymentSettings paymentSettings;
    private final MarketplaceSettings settings;
    private final Clock clock;

    SettleOrder(
            Orders orders,
            Payments payments,
            PaymentSettings paymentSettings,
            MarketplaceSettings settings,
            Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.paymentSettings = paymentSettings;
        this.settings = settings;
        this.clock = clock;
    }

    /** The order as it is afterwards: unchanged where there was nothing to ask. */
    public Mono<Versioned<Order>> settle(Versioned<Order> order) {
        Order state = order.state();
        Settlement settlement = state.settlement();
        return switch (state.status()) {
            case PENDING ->
                outcome(
                                order.id(),
                                payments.charge(new Payments.Charge(
                                        order.id(),
                                        state.total(),
                                        settlement.method(),
                                        settlement.reference(),
                                        state.createdAt(),
                                        settlement.attempts())))
                        .flatMap(outcome -> orders.change(
                                order.id(),
                                current -> current.charged(outcome, settings.settleAgain(), clock.instant())));
            case REFUNDING ->
                outcome(
                                order.id(),
                                payments.refund(new Payments.Refund(order.id(), state.total(), settlement.reference())))
                        .flatMap(outcome -> orders.change(
                                order.id(),
                                current -> current.givenBack(outcome, settings.settleAgain(), clock.instant())));
            case COMPLETED, DECLINED, REFUNDED -> Mono.just(order);
        };
    }

    /** The same for whoever knows the id alone; nothing where there is no such order. */
    public Mono<Void> settle(UUID id) {
        return orders.find(id).flatMap(this::settle).then();
    }

    private Mono<Outcome> outcome(UUID id, Mono<Outcome> asked) {
        return asked.timeout(paymentSettings.timeout()).onErrorResume(error -> {
            LOG.warn("what came of the money of order {} is not known yet: {}", id, error.toString());
            return Mono.just(new Outcome.Open(null));
        });
    }
}
