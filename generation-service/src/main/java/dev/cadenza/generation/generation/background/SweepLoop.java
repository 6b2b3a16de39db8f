package dev.cadenza.generation.generation.background;

import dev.cadenza.generation.generation.GenerationSettings;
import dev.cadenza.generation.generation.SweepSongFiles;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sweeps every now and then. Two instances that sweep at once do no harm. */
@Component
final class SweepLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SweepLoop.class);

    private final SweepSongFiles sweep;
    private final Duration interval;
    private @Nullable Disposable running;

    SweepLoop(SweepSongFiles sweep, GenerationSettings settings) {
        this.sweep = sweep;
        this.interval = settings.sweep().interval();
    }

    @Override
    public synchronized void start() {
        running = Flux.interval(interval)
                .onBackpressureDrop()
                .concatMap(tick -> sweep.sweep().onErrorResume(error -> {
                    LOG.warn("sweeping failed: {}", error.toString());
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
