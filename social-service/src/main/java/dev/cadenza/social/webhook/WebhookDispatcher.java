package dev.cadenza.social.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Takes due deliveries, one after the other, and attempts many at once, but few of one webhook and of one owner: who is
 * slow waits for himself only. Runs in every instance; the store hands each delivery to one of them.
 */
public final class WebhookDispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);

    private final Deliveries deliveries;
    private final DeliverWebhook deliverWebhook;
    private final WebhookSettings settings;
    private final Clock clock;

    private final Map<UUID, Integer> inFlightOfWebhook = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> inFlightOfOwner = new ConcurrentHashMap<>();
    private final AtomicBoolean somethingNew = new AtomicBoolean();
    private final Sinks.Many<Boolean> nudges = Sinks.many().multicast().directBestEffort();

    private volatile Sinks.@Nullable Empty<Void> stopping;
    private volatile @Nullable Disposable running;

    public WebhookDispatcher(
            Deliveries deliveries, DeliverWebhook deliverWebhook, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.deliverWebhook = deliverWebhook;
        this.settings = settings;
        this.clock = clock;
    }

    /** Something may be due: look now instead of at the next poll. */
    public void wake() {
        somethingNew.set(true);
        nudges.tryEmitNext(true);
    }

    @Override
    public void start() {
        Sinks.Empty<Void> stop = Sinks.empty();
        stopping = stop;
        running = claims(stop.asMono())
                .doOnNext(this::begun)
                .flatMap(this::deliver, settings.maxInFlight())
                .doFinally(signal -> running = null)
                .subscribe(null, error -> LOG.error("webhook deliveries ended", error));
    }

    private Flux<Delivery> claims(Mono<Void> stop) {
        return Mono.defer(this::claim)
                .onErrorResume(error -> {
                    LOG.warn("no webhook delivery could be taken: {}", error.toString());
                    return Mono.delay(settings.poll()).then(Mono.empty());
                })
                .repeatWhenEmpty(empties -> empties.concatMap(empty -> pause(stop)))
                .repeat()
                .takeUntilOther(stop);
    }

    private Mono<Delivery> claim() {
        somethingNew.set(false);
        Instant now = clock.instant();
        return deliveries.claim(
                now,
                now.plus(settings.lease()),
                full(inFlightOfWebhook, settings.maxInFlightPerWebhook()),
                full(inFlightOfOwner, settings.maxInFlightPerOwner()));
    }

    private Mono<Boolean> pause(Mono<Void> stop) {
        return Mono.defer(() -> somethingNew.get()
                ? Mono.just(true)
                : Mono.firstWithSignal(
                        nudges.asFlux().next(), Mono.delay(settings.poll()).thenReturn(true), stop.thenReturn(true)));
    }

    private Mono<Void> deliver(Delivery delivery) {
        return deliverWebhook
                .deliver(delivery)
                .onErrorResume(error -> {
                    // the store does not answer: the attempt counts as lost and comes back after the lease
                    LOG.warn("webhook delivery {} was not recorded: {}", delivery.id(), error.toString());
                    return Mono.empty();
                })
                .doFinally(signal -> ended(delivery));
    }

    private void begun(Delivery delivery) {
        inFlightOfWebhook.merge(delivery.webhookId(), 1, Integer::sum);
        inFlightOfOwner.merge(delivery.ownerId(), 1, Integer::sum);
    }

    private void ended(Delivery delivery) {
        inFlightOfWebhook.computeIfPresent(delivery.webhookId(), (id, count) -> count == 1 ? null : count - 1);
        inFlightOfOwner.computeIfPresent(delivery.ownerId(), (id, count) -> count == 1 ? null : count - 1);
        wake();
    }

    private static Set<UUID> full(Map<UUID, Integer> inFlight, int limit) {
        Set<UUID> full = new HashSet<>();
        inFlight.forEach((id, count) -> {
            if (count >= limit) {
                full.add(id);
            }
        });
        return full;
    }

    @Override
    public void stop(Runnable callback) {
        Sinks.Empty<Void> stop = stopping;
        if (stop == null || running == null) {
            callback.run();
            return;
        }
        // no new ones; those on their way may end, and what does not comes back after the lease
        stop.tryEmitEmpty();
        Flux.interval(Duration.ZERO, Duration.ofMillis(50))
                .takeUntil(tick -> inFlightOfWebhook.isEmpty())
                .take(settings.timeout().plusSeconds(1))
                .doFinally(signal -> {
                    stop();
                    callback.run();
                })
                .subscribe();
    }

    @Override
    public void stop() {
        Sinks.Empty<Void> stop = stopping;
        if (stop != null) {
            stop.tryEmitEmpty();
        }
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
