package dev.cadenza.platform.events;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Housekeeping that a service does every now and then while it runs, in every instance: the task must bear that two of
 * them do it at once. A round that fails is logged and does not end the others; rounds of one instance never overlap.
 */
public final class PeriodicTask implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

    private final String name;
    private final Duration interval;
    private final Supplier<? extends Mono<?>> round;
    private @Nullable Disposable running;

    /**
     * A task that runs first after one {@code interval}.
     *
     * @param name what is done, for the log
     * @param round asked for the work of each round
     */
    public PeriodicTask(String name, Duration interval, Supplier<? extends Mono<?>> round) {
        this.name = name;
        this.interval = interval;
        this.round = round;
    }

    @Override
    public synchronized void start() {
        running = Flux.interval(interval)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.defer(round::get).then().onErrorResume(error -> {
                    LOG.warn("{} failed: {}", name, error.toString());
                    return Mono.empty();
                }))
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        Disposable loop = running;
        if (loop != null) {
            loop.dispose();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
