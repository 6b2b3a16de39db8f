package dev.cadenza.platform.events;

import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.platform.core.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Events about something that is stored nowhere, such as a request that was refused. They may be lost: whoever tells one
 * never waits, and while more come than the broker takes the newest are dropped and counted.
 */
public final class LossyEvents implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LossyEvents.class);
    private static final int AT_ONCE = 64;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final EventSender sender;
    private final BlockingQueue<Waiting> waiting;
    private final Bell bell = new Bell();
    private final MeterRegistry metrics;
    private final Clock clock;
    private Disposable loop = Disposables.disposed();

    private final AtomicLong seq = new AtomicLong();

    private record Waiting(UUID key, EventMessage message, String topic, Instant at, long seq) {}

    LossyEvents(EventSender sender, int capacity, MeterRegistry metrics, Clock clock) {
        this.sender = sender;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Sends it soon, if there is room. Events of one key keep their order only where they are told one after the other.
     *
     * @param message names its topic
     */
    public void offer(UUID key, EventMessage message) {
        String topic = Objects.requireNonNull(message.topic(), "topic");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long next = seq.updateAndGet(last -> Math.max(last + 1, now.toEpochMilli() * Outbox.MAX_EVENTS));
        if (waiting.offer(new Waiting(key, message, topic, now, next))) {
            bell.ring();
        } else {
            dropped(topic);
        }
    }

    @Override
    public synchronized void start() {
        loop = Mono.defer(this::round).repeat().subscribe();
    }

    private Mono<Void> round() {
        bell.arm();
        List<Waiting> batch = new ArrayList<>();
        waiting.drainTo(batch, AT_ONCE);
        return batch.isEmpty()
                ? bell.await(LOOK_EVERY)
                : Flux.fromIterable(batch).flatMap(this::send).then();
    }

    private Mono<Void> send(Waiting event) {
        EventMessage message = event.message();
        return sender.send(
                        event.topic(),
                        event.key(),
                        new EventEnvelope<>(
                                Ids.next(), event.seq(), message.type(), message.v(), event.at(), null, message.data()),
                        null)
                .onErrorResume(error -> {
                    LOG.debug("an event for {} is lost: {}", event.topic(), error.toString());
                    dropped(event.topic());
                    return Mono.empty();
                });
    }

    private void dropped(String topic) {
        metrics.counter("events.dropped", "topic", topic).increment();
    }

    @Override
    public synchronized void stop() {
        loop.dispose();
    }

    @Override
    public synchronized boolean isRunning() {
        return !loop.isDisposed();
    }

    /** Before the web server, after it in the end. */
    @Override
    public int getPhase() {
        return 0;
    }
}
