package dev.cadenza.platform.events;

import com.mongodb.client.model.IndexModel;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Creates the indexes of all collections. Until they are there the service is not ready: unique indexes are part of what
 * it promises.
 */
final class StoreIndexes implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private static final Logger LOG = LoggerFactory.getLogger(StoreIndexes.class);

    private final Aggregates aggregates;
    private final ApplicationContext application;
    private final AtomicInteger missing = new AtomicInteger();
    private Disposable.Composite work = Disposables.composite();
    private volatile boolean running;
    private volatile boolean refused;

    StoreIndexes(Aggregates aggregates, ApplicationContext application) {
        this.aggregates = aggregates;
        this.application = application;
        aggregates.indexed().each(indexed -> {
            missing.incrementAndGet();
            if (running) {
                work.add(create(indexed));
            }
        });
    }

    @Override
    public void start() {
        running = true;
        work = Disposables.composite();
        var all = aggregates.indexed().all();
        missing.set(all.size());
        all.forEach(indexed -> work.add(create(indexed)));
    }

    private Disposable create(Aggregates.Indexed indexed) {
        String name = indexed.collection().getNamespace().getCollectionName();
        // one after the other: where one cannot be created, the others are
        Mono<Void> creation = Flux.fromIterable(indexed.indexes())
                .concatMapDelayError((IndexModel index) ->
                        Flux.from(indexed.collection().createIndex(index.getKeys(), index.getOptions())))
                .then();
        return Background.keepTrying("indexes of " + name, creation).subscribe(nothing -> {}, error -> {}, () -> {
            if (missing.decrementAndGet() == 0 && running && refused) {
                LOG.info("all indexes are there");
                AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
            }
        });
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        if (running && event.getState() == ReadinessState.ACCEPTING_TRAFFIC && missing.get() > 0) {
            refused = true;
            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            if (missing.get() == 0) {
                // the last one came between the question and the refusal
                AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
            }
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

    @Override
    public int getPhase() {
        return 0;
    }
}
