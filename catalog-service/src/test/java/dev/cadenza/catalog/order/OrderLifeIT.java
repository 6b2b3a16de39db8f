package dev.cadenza.catalog.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.ledger.Entry;
import dev.cadenza.catalog.ledger.Ledger;
import dev.cadenza.catalog.ledger.PostOrder;
import dev.cadenza.catalog.ledger.Transaction;
import dev.cadenza.catalog.payment.Payments.Outcome;
import dev.cadenza.catalog.product.Money;
import dev.cadenza.catalog.product.Product;
import dev.cadenza.catalog.product.ProductDetails;
import dev.cadenza.catalog.product.ProductStatus;
import dev.cadenza.catalog.product.ProductType;
import dev.cadenza.catalog.product.Products;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.idempotency.RepeatableRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Orders whose process dies at every step. */
@CatalogIntegrationTest
class OrderLifeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    @Autowired
    Orders orders;

    @Autowired
    PlaceOrder place;

    @Autowired
    SettleOrder settle;

    @Autowired
    RefundOrder refund;

    @Autowired
    Products products;

    @Autowired
    Ledger ledger;

    @Autowired
    PostOrder post;

    private final UUID seller = Ids.next();
    private final UUID buyer = Ids.next();

    private UUID product() {
        UUID id = Ids.next();
        Instant now = Instant.now();
        products.add(
                        id,
                        new Product(
                                seller,
                                ProductType.SERVICE,
                                null,
                                new ProductDetails("Mixing", null, new Money(1000, "EUR"), "standard"),
                                ProductStatus.ACTIVE,
                                true,
                                now,
                                now))
                .block(PATIENCE);
        return id;
    }

    /** As it is stored when its process dies before the provider is asked. */
    private UUID stored(@Nullable String method, Instant askAt) {
        UUID id = Ids.next();
        Order.Item item = new Order.Item(Ids.next(), seller, null, new Money(1000, "EUR"), new Money(100, "EUR"));
        orders.add(id, Order.placed(buyer, List.of(item), method, Instant.now(), askAt))
                .block(PATIENCE);
        return id;
    }

    private Order order(UUID id) {
        return Objects.requireNonNull(orders.find(id).block(PATIENCE)).state();
    }

    private void awaitStatus(UUID id, OrderStatus status) {
        await().atMost(PATIENCE).until(() -> order(id).status() == status);
    }

    private long owed() {
        List<Money> sums = ledger.balances(Entry.seller(seller)).collectList().block(PATIENCE);
        return sums == null || sums.isEmpty() ? 0 : -sums.getFirst().minor();
    }

    @Test
    void anOrderThatNobodyAsksAboutAnyMoreIsSettled() {
        UUID paid = stored(null, Instant.now());
        UUID declined = stored("test_declined", Instant.now());
        awaitStatus(paid, OrderStatus.COMPLETED);
        awaitStatus(declined, OrderStatus.DECLINED);
        assertThat(order(paid).settlement().method()).isNull();
        await().atMost(PATIENCE).until(() -> owed() == 900);

        // the refund was stored, and its process died
        orders.change(paid, state -> state.refundWanted(Instant.now(), Instant.now()))
                .block(PATIENCE);
        awaitStatus(paid, OrderStatus.REFUNDED);
        await().atMost(PATIENCE).until(() -> owed() == 0);
    }

    @Test
    void theSameRequestAgainFindsTheOrderThatItsFirstTryLeft() {
        UUID wanted = product();
        RepeatableRequest request = new RepeatableRequest("request", Instant.now());
        Versioned<Order> first = Objects.requireNonNull(place.place(buyer, List.of(wanted), null)
                .contextWrite(context -> context.put(RepeatableRequest.class, request))
                .block(PATIENCE));
        assertThat(first.id()).isEqualTo(request.id("order"));
        Versioned<Order> again = Objects.requireNonNull(place.place(buyer, List.of(wanted), null)
                .contextWrite(context -> context.put(RepeatableRequest.class, request))
                .block(PATIENCE));
        assertThat(again).isEqualTo(first);
    }

    @Test
    void whoeverAsksAtOnceTheOutcomeCountsOnce() {
        UUID id = stored(null, Instant.now().plusSeconds(3600));
        Versioned<Order> pending = Objects.requireNonNull(orders.find(id).block(PATIENCE));
        Flux.range(0, 8)
                .flatMap(i -> settle.settle(pending).subscribeOn(Schedulers.parallel()))
                .blockLast(PATIENCE);
        assertThat(order(id).status()).isEqualTo(OrderStatus.COMPLETED);
        // a late, different answer changes nothing
        orders.change(id, state -> state.charged(new Outcome.Declined("late"), PAUSE, Instant.now()))
                .block(PATIENCE);
        assertThat(order(id).status()).isEqualTo(OrderStatus.COMPLETED);
        await().atMost(PATIENCE).until(() -> owed() == 900);
        Flux.range(0, 8)
                .flatMap(i -> post.post(id, Transaction.Kind.SALE).subscribeOn(Schedulers.parallel()))
                .blockLast(PATIENCE);
        assertThat(owed()).isEqualTo(900);

        Flux.range(0, 8)
                .flatMap(i -> refund.refund(id, seller, false).subscribeOn(Schedulers.parallel()))
                .blockLast(PATIENCE);
        assertThat(order(id).status()).isEqualTo(OrderStatus.REFUNDED);
        await().atMost(PATIENCE).until(() -> owed() == 0);
    }

    @Test
    void pausesGrowWhileNobodyKnows() {
        Instant now = Instant.now();
        Settlement settlement = new Settlement("card", null, null, 0, now);
        for (int i = 0; i < 40; i++) {
            settlement = settlement.asked(i == 3 ? "pi_1" : null, Duration.ofSeconds(5), now);
            assertThat(settlement.askAt()).isBetween(now.plusSeconds(5), now.plusSeconds(600));
        }
        assertThat(settlement.reference()).isEqualTo("pi_1");
        assertThat(settlement.askAt()).isEqualTo(now.plusSeconds(600));
    }
}
