package dev.cadenza.catalog.track.background;

import dev.cadenza.catalog.track.AnalysisQueue;
import dev.cadenza.catalog.track.AnalyzeTrack;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.Tracks;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Measures whatever waits for it, when told and every now and then, with as many hands as the settings say. */
@Component
final class AnalysisLoop implements AnalysisQueue, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AnalysisLoop.class);
    private static final int LOOK_AHEAD = 10;

    private final Tracks tracks;
    private final AnalyzeTrack analyze;
    private final TrackSettings.Analysis settings;
    private final Clock clock;
    private final Sinks.Many<Boolean> wishes = Sinks.many().multicast().directBestEffort();
    private @Nullable Disposable running;

    AnalysisLoop(Tracks tracks, AnalyzeTrack analyze, TrackSettings settings, Clock clock) {
        this.tracks = tracks;
        this.analyze = analyze;
        this.settings = settings.analysis();
        this.clock = clock;
    }

    @Override
    public void wake() {
        // lost where two wish at the same instant: polling finds it
        wishes.tryEmitNext(true);
    }

    @Override
    public synchronized void start() {
        running = Flux.range(0, settings.concurrency())
                .flatMap(hand -> work(), settings.concurrency())
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        Disposable loop = running;
        if (loop != null) {
            // interrupts the measuring; the lease ends by itself
            loop.dispose();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    private Flux<Void> work() {
        return Flux.merge(Flux.interval(settings.poll()), wishes.asFlux())
                .onBackpressureLatest()
                .concatMap(
                        tick -> next().expand(found -> found ? next() : Mono.empty())
                                .then()
                                .onErrorResume(error -> {
                                    LOG.warn("looking for tracks to analyse failed: {}", error.toString());
                                    return Mono.empty();
                                }),
                        1);
    }

    private Mono<Boolean> next() {
        return Flux.defer(() -> tracks.awaitingAnalysis(clock.instant(), LOOK_AHEAD))
                .concatMap(analyze::analyze, 1)
                .filter(done -> done)
                .next()
                .hasElement();
    }
}
