package dev.cadenza.catalog.order;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Orders whose money nobody asks about any more: of processes that died, and of providers that did not answer. */
@Component
public final class SettleDueOrders {

    private static final Logger LOG = LoggerFactory.getLogger(SettleDueOrders.class);
    private static final int AT_ONCE = 4;
    private static final int MOST = 100;

    private final Orders orders;
    private final SettleOrder settle;
    private final Clock clock;

    SettleDueOrders(Orders orders, SettleOrder settle, Clock clock) {
        this.orders = orders;
        this.settle = settle;
        this.clock = clock;
    }

    /** Asks about each of them once. */
    public Mono<Void> settle() {
        return Mono.defer(() -> orders.due(clock.instant(), MOST)
                .flatMap(
                        order -> settle.settle(order).onErrorResume(error -> {
                            LOG.warn("order {} stays unsettled: {}", order.id(), error.toString());
                            return Mono.empty();
                        }),
                        AT_ONCE)
                .then());
    }
}
