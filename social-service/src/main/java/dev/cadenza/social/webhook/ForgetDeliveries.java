package dev.cadenza.social.webhook;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes finished deliveries once they are old enough, a portion a minute. */
public final class ForgetDeliveries implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetDeliveries.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Deliveries deliveries;
    private final WebhookSettings settings;
    private final Clock clock;
    private volatile @Nullable Disposable running;

    public ForgetDeliveries(Deliveries deliveries, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.settings = settings;
        this.clock = clock;
    }

    /** One portion; how many were removed. */
    public Mono<Long> forget() {
        return Mono.defer(() -> deliveries.removeFinishedBefore(clock.instant().minus(settings.keepFor())));
    }

    @Override
    public void start() {
        running = Flux.interval(PERIOD)
                .onBackpressureDrop()
                .concatMap(tick -> forget().onErrorResume(error -> {
                    LOG.warn("old webhook deliveries stay for now: {}", error.toString());
                    return Mono.empty();
                }))
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable loop = running;
        if (loop != null) {
            loop.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
