package dev.cadenza.social.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The loop itself, over a store and a client that misbehave as they are told. */
class WebhookDispatcherTests {

    private static final AddressGuard PUBLIC_ONLY = new AddressGuard(List.of());

    private final Webhook webhook = Webhook.register(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "https://example.com/",
            List.of("*"),
            null,
            PUBLIC_ONLY,
            Instant.now());
    private final Store store = new Store();
    private final AtomicInteger sent = new AtomicInteger();
    private Mono<Outcome> answer = Mono.just(new Outcome.Answered(200, null));
    private final WebhookDispatcher dispatcher = new WebhookDispatcher(
            store,
            new DeliverWebhook(
                    new OneWebhook(),
                    store,
                    (url, headers, body) -> send(),
                    new RetryLadder(() -> 0.5),
                    Clock.systemUTC()),
            new WebhookSettings(
                    List.of(),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofMillis(20),
                    8,
                    8,
                    8,
                    8,
                    Duration.ofHours(1),
                    Duration.ofDays(1)),
            Clock.systemUTC());

    @AfterEach
    void stop() {
        dispatcher.stop();
    }

    @Test
    void goesOnAfterTheStoreWasAway() {
        store.failures.set(3);
        store.due.add(delivery());

        dispatcher.start();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(store.recorded).hasSize(1));
        assertThat(store.failures.get()).isNegative();
    }

    @Test
    void goesOnWhenAnOutcomeCannotBeStored() {
        store.recordFailures.set(1);
        store.due.add(delivery());
        store.due.add(delivery());

        dispatcher.start();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(sent).hasValue(2));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(store.recorded).hasSize(1));
        assertThat(dispatcher.isRunning()).isTrue();
    }

    @Test
    void hearsOfNewOnesWhileItIsIdle() {
        dispatcher.start();
        await().atMost(Duration.ofSeconds(10)).until(() -> store.asked.get() > 3);

        store.due.add(delivery());
        dispatcher.wake();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(store.recorded).hasSize(1));
    }

    @Test
    void letsWhatIsOnItsWayEndWhenItStops() throws InterruptedException {
        Sinks.One<Outcome> later = Sinks.one();
        answer = later.asMono();
        store.due.add(delivery());
        dispatcher.start();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(sent).hasValue(1));
        CountDownLatch stopped = new CountDownLatch(1);

        dispatcher.stop(stopped::countDown);
        store.due.add(delivery());
        dispatcher.wake();
        assertThat(stopped.getCount()).isEqualTo(1);
        later.tryEmitValue(new Outcome.Answered(200, null));

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(store.recorded).hasSize(1);
        assertThat(sent).hasValue(1);
        assertThat(dispatcher.isRunning()).isFalse();
    }

    @Test
    void stopsAtOnceWhenNothingIsOnItsWay() throws InterruptedException {
        dispatcher.start();
        CountDownLatch stopped = new CountDownLatch(1);

        dispatcher.stop(stopped::countDown);

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private Mono<Outcome> send() {
        sent.incrementAndGet();
        return answer;
    }

    private Delivery delivery() {
        Happening happening =
                new Happening(UUID.randomUUID(), webhook.ownerId(), "track.uploaded", Instant.now(), "{}");
        return Delivery.queue(webhook, happening, Instant.now()).begun(Instant.now());
    }

    private static final class Store implements Deliveries {
        @Override
        public Mono<Long> removeAllOf(UUID ownerId) {
            throw new UnsupportedOperationException();
        }

        final Queue<Delivery> due = new ConcurrentLinkedQueue<>();
        final Queue<Delivery> recorded = new ConcurrentLinkedQueue<>();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
        final AtomicInteger recordFailures = new AtomicInteger();

        @Override
        public Mono<Void> add(Delivery delivery) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Delivery> claim(Instant now, Instant lostAt, Set<UUID> busyWebhooks, Set<UUID> busyOwners) {
            asked.incrementAndGet();
            return failures.getAndDecrement() > 0
                    ? Mono.error(new IllegalStateException("away"))
                    : Mono.fromSupplier(due::poll);
        }

        @Override
        public Mono<Boolean> record(Delivery delivery) {
            return recordFailures.getAndDecrement() > 0
                    ? Mono.error(new IllegalStateException("away"))
                    : Mono.fromSupplier(() -> recorded.add(delivery));
        }

        @Override
        public Mono<DeliveryCounts> count(UUID ownerId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Long> removeFinishedBefore(Instant time) {
            throw new UnsupportedOperationException();
        }
    }

    private final class OneWebhook implements Webhooks {
        @Override
        public Mono<Long> removeAllOf(UUID ownerId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> add(Webhook added) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Webhook> find(UUID id) {
            return Mono.just(webhook);
        }

        @Override
        public Flux<Webhook> of(UUID ownerId) {
            return Flux.just(webhook);
        }

        @Override
        public Mono<Long> count(UUID ownerId) {
            return Mono.just(1L);
        }

        @Override
        public Mono<Webhook> change(UUID id, UnaryOperator<Webhook> transition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> remove(UUID id) {
            throw new UnsupportedOperationException();
        }
    }
}
