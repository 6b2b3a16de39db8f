package dev.cadenza.platform.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;
import tools.jackson.core.JacksonException;

/**
 * Publishes what outboxes hold: takes the document that has waited longest under a lease, sends its events one after the
 * other, forgets what the broker has acknowledged. Runs in every instance. A crash anywhere means that an event is sent
 * again, never that it is lost. A local write wakes it; polling finds what a dead instance left.
 */
final class Relay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    /** How long a document is left alone whose next event the broker does not take. */
    private static final Duration UNSENDABLE_PAUSE = Duration.ofMinutes(1);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(10);

    private final Aggregates aggregates;
    private final EventSender sender;
    private final EventSettings.Relay settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final AtomicInteger failures = new AtomicInteger();
    private final List<Measured> measured = new CopyOnWriteArrayList<>();
    private final List<Sinks.Empty<Void>> ends = new ArrayList<>();
    private volatile Run run = new Run();

    /** What the gauges of an outbox show. */
    private record Measured(Outbox outbox, AtomicLong pending, AtomicLong oldestMillis) {}

    /** One start to one stop. */
    private static final class Run {
        final Sinks.Empty<Void> stop = Sinks.empty();
        final Disposable.Composite loops = Disposables.composite();
        volatile boolean running;
    }

    Relay(Aggregates aggregates, EventSender sender, EventSettings.Relay settings, MeterRegistry metrics, Clock clock) {
        this.aggregates = aggregates;
        this.sender = sender;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        aggregates.outboxes().each(this::measured);
        aggregates.outboxes().each(outbox -> {
            if (run.running) {
                open(run, outbox);
            }
        });
    }

    @Override
    public void start() {
        Run started = new Run();
        started.running = true;
        run = started;
        aggregates.outboxes().all().forEach(outbox -> open(started, outbox));
        started.loops.add(Flux.interval(Duration.ZERO, MEASURE_EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Flux.fromIterable(measured).concatMap(Relay::measure))
                .subscribe());
    }

    private void open(Run current, Outbox outbox) {
        Sinks.Empty<Void> end = Sinks.empty();
        synchronized (ends) {
            ends.add(end);
        }
        current.loops.add(claims(outbox)
                .takeUntilOther(current.stop.asMono())
                .flatMap(claim -> publish(outbox, claim), settings.concurrency(), 1)
                // nothing is expected here; whatever it is, the loop must not end
                .doOnError(error -> LOG.error("relay of {}", outbox.name(), error))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_BACK_OFF)
                        .maxBackoff(settings.maxBackOff())
                        .transientErrors(true))
                .doFinally(signal -> {
                    Sinks.EmitResult unused = end.tryEmitEmpty();
                })
                .subscribe());
    }

    /** Documents as they become due, without end. */
    private Flux<Outbox.Claim> claims(Outbox outbox) {
        return Mono.defer(() -> {
                    outbox.bell().arm();
                    return pause().then(Mono.defer(() -> outbox.claim(settings.lease())));
                })
                .repeatWhenEmpty(rounds -> rounds.concatMap(
                        round -> outbox.bell().await(settings.poll()).thenReturn(round)))
                .doOnError(error -> LOG.warn("outbox of {} cannot be read: {}", outbox.name(), error.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_BACK_OFF)
                        .maxBackoff(settings.maxBackOff())
                        .transientErrors(true))
                .repeat();
    }

    /** While the broker does not answer, documents are tried ever more slowly. */
    private Mono<Void> pause() {
        int failed = failures.get();
        return failed == 0 ? Mono.empty() : Mono.delay(backOff(failed)).then();
    }

    private Duration backOff(int failed) {
        Duration pause = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failed - 1, 10));
        return pause.compareTo(settings.maxBackOff()) > 0 ? settings.maxBackOff() : pause;
    }

    private Mono<Void> publish(Outbox outbox, Outbox.Claim claim) {
        List<UUID> published = new ArrayList<>();
        // whoever takes over after the lease must not find this relay still sending
        Instant until = claim.leaseUntil().minus(settings.lease().dividedBy(2));
        return Flux.fromIterable(claim.events())
                .take(settings.batch())
                .takeWhile(event -> clock.instant().isBefore(until))
                .concatMap(event -> sender.send(claim.id(), event).then(Mono.fromRunnable(() -> {
                    published.add(event.eventId());
                    failures.set(0);
                    metrics.counter("outbox.published", "topic", event.topic()).increment();
                })))
                .then(Mono.defer(() -> outbox.settle(claim.id(), published)))
                .onErrorResume(error -> failed(outbox, claim, published, error));
    }

    private Mono<Void> failed(Outbox outbox, Outbox.Claim claim, List<UUID> published, Throwable error) {
        Duration pause;
        if (isOfThisEvent(error)) {
            LOG.error("an event of {} {} cannot be sent; later ones of it wait", outbox.name(), claim.id(), error);
            pause = UNSENDABLE_PAUSE;
        } else {
            int failed = failures.incrementAndGet();
            if (Integer.bitCount(failed) == 1) {
                // ever more rarely: a broker that is away for long must not fill the logs
                LOG.warn("events of {} wait ({} failures): {}", outbox.name(), failed, error.toString());
            }
            pause = backOff(failed);
        }
        // where this fails too, the lease ends by itself
        return outbox.postpone(claim.id(), published, pause).onErrorComplete();
    }

    /** Whether the broker, or its client, refuses this event; otherwise no event can be sent now. */
    private static boolean isOfThisEvent(Throwable error) {
        return error instanceof ApiException && !(error instanceof RetriableException)
                || error instanceof SerializationException
                || error instanceof JacksonException;
    }

    private void measured(Outbox outbox) {
        Measured values = new Measured(outbox, new AtomicLong(), new AtomicLong());
        measured.add(values);
        Tags tags = Tags.of("collection", outbox.name());
        Gauge.builder("outbox.pending", values.pending(), AtomicLong::doubleValue)
                .description("Documents with events that are not published yet")
                .tags(tags)
                .register(metrics);
        Gauge.builder("outbox.oldest", values.oldestMillis(), this::ageSeconds)
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .tags(tags)
                .register(metrics);
    }

    private double ageSeconds(AtomicLong since) {
        long millis = since.get();
        return millis == 0 ? 0 : Math.max(0, clock.millis() - millis) / 1_000.0;
    }

    private static Mono<Void> measure(Measured values) {
        return values.outbox()
                .pendingCount()
                .doOnNext(values.pending()::set)
                .then(values.outbox().oldest().map(Instant::toEpochMilli).defaultIfEmpty(0L))
                .doOnNext(values.oldestMillis()::set)
                .then()
                // the last known values stay; that the database is away is told elsewhere
                .onErrorComplete();
    }

    /** Takes nothing new, and waits for what is on its way. */
    @Override
    public void stop() {
        Run stopped = run;
        stopped.running = false;
        Sinks.EmitResult unused = stopped.stop.tryEmitEmpty();
        List<Mono<Void>> finished;
        synchronized (ends) {
            finished = ends.stream().map(Sinks.Empty::asMono).toList();
            ends.clear();
        }
        try {
            Mono.when(finished).block(STOP_TIMEOUT);
        } catch (IllegalStateException e) {
            LOG.warn("stops while events are on their way; they will be sent again");
        }
        stopped.loops.dispose();
    }

    @Override
    public boolean isRunning() {
        return run.running;
    }

    /** Starts before and stops after everything that writes: consumers, the web server. */
    @Override
    public int getPhase() {
        return 0;
    }
}
