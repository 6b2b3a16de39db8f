package dev.cadenza.catalog.order;

import dev.cadenza.catalog.product.MarketplaceSettings;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The money of an order is given back, and what it bought is taken away. Repeats change nothing. */
@Component
public final class RefundOrder {

    private final Orders orders;
    private final SettleOrder settle;
    private final MarketplaceSettings settings;
    private final Clock clock;

    RefundOrder(Orders orders, SettleOrder settle, MarketplaceSettings settings, Clock clock) {
        this.orders = orders;
        this.settle = settle;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The order afterwards, {@code refunding} where the provider does not answer in time. NotFound for strangers, Forbidden to
     * all but administrators and whoever sold all of it, Conflict where it is not paid.
     */
    public Mono<Versioned<Order>> refund(UUID id, UUID caller, boolean isAdministrator) {
        return orders.find(id)
                .filter(order -> isAdministrator
                        || order.state().boughtBy(caller)
                        || order.state().sellsSomething(caller))
                .switchIfEmpty(Mono.error(OrderFailures::notFound))
                .filter(order -> isAdministrator || order.state().sellsAll(caller))
                .switchIfEmpty(Mono.error(() -> Failure.forbidden(
                        "order.not_yours_to_refund", "Only whoever sold all of an order may refund it.")))
                .flatMap(order -> {
                    Instant now = clock.instant();
                    return orders.change(id, current -> current.refundWanted(now, now.plus(settings.settleAfter())));
                })
                .flatMap(settle::settle);
    }
}
