package dev.cadenza.catalog.order;

import dev.cadenza.catalog.payment.Payments.Outcome;
import dev.cadenza.catalog.product.Money;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody buys something. Holds ids and amounts and no words, so that it can be kept when its buyer is gone.
 *
 * @param items at least one, of one currency, no product twice
 */
public record Order(
        UUID buyerId,
        List<Item> items,
        Money total,
        OrderStatus status,
        Settlement settlement,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * A product as it was ordered.
     *
     * @param trackId null where it is no track
     * @param price as it was then
     * @param fee what the platform keeps of it, by what was agreed then
     */
    public record Item(
            UUID productId, UUID sellerId, @Nullable UUID trackId, Money price, Money fee) {}

    public Order {
        items = List.copyOf(items);
    }

    /**
     * A new order: to be paid, or complete where it costs nothing.
     *
     * @param method what the buyer pays with; null: whatever the provider has
     * @param askAt when somebody else asks the provider, should whoever placed it have died
     */
    static Change<Order, OrderEvent> placed(
            UUID buyerId, List<Item> items, @Nullable String method, Instant now, Instant askAt) {
        Money total = items.stream().map(Item::price).reduce(Money::plus).orElseThrow();
        return total.isNone()
                ? Change.of(
                        new Order(buyerId, items, total, OrderStatus.COMPLETED, Settlement.NONE, now, now),
                        new OrderEvent.Placed(),
                        new OrderEvent.Completed())
                : Change.of(
                        new Order(
                                buyerId,
                                items,
                                total,
                                OrderStatus.PENDING,
                                new Settlement(method, null, null, 0, askAt),
                                now,
                                now),
                        new OrderEvent.Placed());
    }

    /** Whether this person placed it. */
    public boolean boughtBy(UUID person) {
        return buyerId.equals(person);
    }

    /** Whether this person sells something of it. */
    boolean sellsSomething(UUID person) {
        return items.stream().anyMatch(item -> item.sellerId().equals(person));
    }

    /** Whether this person sells all of it. */
    boolean sellsAll(UUID person) {
        return items.stream().allMatch(item -> item.sellerId().equals(person));
    }

    /** The provider was asked for the money. Nothing where the outcome was known before. */
    Change<Order, OrderEvent> charged(Outcome outcome, Duration firstPause, Instant now) {
        if (status != OrderStatus.PENDING) {
            return Change.of(this);
        }
        return switch (outcome) {
            case Outcome.Succeeded succeeded ->
                Change.of(
                        with(OrderStatus.COMPLETED, settlement.known(succeeded.reference(), null), now),
                        new OrderEvent.Completed());
            case Outcome.Declined declined ->
                Change.of(
                        with(OrderStatus.DECLINED, settlement.known(null, declined.reason()), now),
                        new OrderEvent.Declined());
            case Outcome.Open open ->
                Change.of(with(status, settlement.asked(open.reference(), firstPause, now), updatedAt));
        };
    }

    /** The money is to be given back. Nothing where it is or was already; Conflict where there is none. */
    Change<Order, OrderEvent> refundWanted(Instant now, Instant askAt) {
        return switch (status) {
            case REFUNDING, REFUNDED -> Change.of(this);
            case PENDING, DECLINED ->
                throw Failure.conflict("order.not_paid", "Only an order that is paid can be refunded.");
            case COMPLETED ->
                total.isNone()
                        ? Change.of(with(OrderStatus.REFUNDED, settlement, now), new OrderEvent.Refunded())
                        : Change.of(with(
                                OrderStatus.REFUNDING,
                                new Settlement(null, settlement.reference(), null, 0, askAt),
                                now));
        };
    }

    /** The provider was asked to give it back. Nothing where the outcome was known before. */
    Change<Order, OrderEvent> givenBack(Outcome outcome, Duration firstPause, Instant now) {
        if (status != OrderStatus.REFUNDING) {
            return Change.of(this);
        }
        return switch (outcome) {
            case Outcome.Succeeded succeeded ->
                Change.of(with(OrderStatus.REFUNDED, settlement.known(null, null), now), new OrderEvent.Refunded());
            // the buyer keeps what the money is kept for
            case Outcome.Declined declined ->
                Change.of(with(OrderStatus.COMPLETED, settlement.known(null, declined.reason()), now));
            case Outcome.Open open -> Change.of(with(status, settlement.asked(null, firstPause, now), updatedAt));
        };
    }

    private Order with(OrderStatus next, Settlement nextSettlement, Instant now) {
        return new Order(buyerId, items, total, next, nextSettlement, createdAt, now);
    }
}
