package dev.cadenza.platform.events;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Prepares the database: indexes and counters of all collections. The start waits for it a little; where the database is
 * away the service starts without, and is not ready until it is done, for unique indexes are part of what it promises.
 */
final class StoreReadiness implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StoreReadiness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Aggregates aggregates;
    private final ApplicationContext application;
    private final AtomicInteger missing = new AtomicInteger();
    private Disposable.Composite work = Disposables.composite();
    private volatile boolean running;
    private volatile boolean refused;

    StoreReadiness(Aggregates aggregates, ApplicationContext application) {
        this.aggregates = aggregates;
        this.application = application;
        aggregates.preparations().each(late -> {
            if (running) {
                missing.incrementAndGet();
                work.add(prepare(late).subscribe());
            }
        });
    }

    @Override
    public void start() {
        work = Disposables.composite();
        List<Mono<Void>> all =
                aggregates.preparations().all().stream().map(this::prepare).toList();
        missing.set(all.size());
        running = true;
        Sinks.Empty<Void> done = Sinks.empty();
        work.add(Mono.when(all).subscribe(nothing -> {}, error -> {}, done::tryEmitEmpty));
        try {
            done.asMono().block(PATIENCE);
        } catch (IllegalStateException e) {
            LOG.warn("starts before the database is prepared");
        }
    }

    private Mono<Void> prepare(Aggregates.Preparation preparation) {
        return Background.keepTrying(preparation.what(), preparation.work()).doOnSuccess(done -> {
            if (missing.decrementAndGet() == 0 && running && refused) {
                refused = false;
                LOG.info("the database is prepared");
                AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
            }
        });
    }

    /** Takes back what Spring Boot has just announced, where the database is not prepared yet. */
    private void announced() {
        if (running && missing.get() > 0) {
            refused = true;
            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            if (missing.get() == 0) {
                // the last one came between the question and the refusal
                AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
            }
        }
    }

    /** Runs after Spring Boot's own listener, which announces readiness. */
    static final class Announcement implements SpringApplicationRunListener, Ordered {

        @Override
        public void ready(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
            context.getBeanProvider(StoreReadiness.class).ifAvailable(StoreReadiness::announced);
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }

    @Override
    public void stop() {
        running = false;
        work.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the relay and everything that writes. */
    @Override
    public int getPhase() {
        return -1;
    }
}
