package dev.cadenza.catalog.search.background;

import dev.cadenza.catalog.search.IndexSources;
import dev.cadenza.catalog.search.IndexStore;
import dev.cadenza.catalog.search.IndexUpdates;
import dev.cadenza.catalog.search.Kind;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.events.Bell;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Writes what has changed into the index, one batch after the other. Whatever the reason, a thing is read when its turn
 * comes, so that neither order nor repeats of reasons matter. Goes over everything once at every start: whatever was
 * missed while nobody listened is found then.
 */
@Component
final class IndexLoop implements IndexUpdates, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IndexLoop.class);
    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(5);
    /** The copy of another instance, or its counting, is hardly ever later than the first of these. */
    private static final List<Duration> LATER =
            List.of(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(20));

    private final IndexSources sources;
    private final IndexStore store;
    private final Clock clock;
    private final Bell bell = new Bell();
    private final Sinks.Many<Boolean> rebuilds = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Long> progress = Sinks.many().replay().latestOrDefault(0L);
    private final Sinks.Empty<Void> complete = Sinks.empty();
    private final Sinks.Many<Round> rounds = Sinks.many().replay().latestOrDefault(new Round(0, 0));

    // all below is guarded by this
    private final Map<Kind, Set<UUID>> changed = new EnumMap<>(Kind.class);
    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparing(Later::due));
    private final Queue<Part> parts = new ArrayDeque<>();
    private long marks;
    private long known;
    private long round;
    private Instant saved;
    private Disposable.@Nullable Composite running;

    private record Later(Instant due, Kind kind, UUID id) {}

    /** A round over everything that ended, and how many things it came across. */
    private record Round(long number, long things) {}

    /** A part of a round over everything, whose turn has not come yet. */
    private record Part(Kind kind, List<UUID> ids, Sinks.Empty<Void> done) {}

    /** What is written next, and how many marks are settled by it. */
    private record Batch(
            Map<Kind, Set<UUID>> changed,
            long marks,
            @Nullable Part part,
            long round) {

        boolean isEmpty() {
            return changed.isEmpty() && part == null;
        }
    }

    IndexLoop(IndexSources sources, IndexStore store, Clock clock) {
        this.sources = sources;
        this.store = store;
        this.clock = clock;
        this.saved = clock.instant();
        sources.afterWrite(this::changed);
        if (store.isComplete()) {
            complete.tryEmitEmpty().orThrow();
        }
    }

    @Override
    public void changed(Kind kind, UUID id) {
        synchronized (this) {
            changed.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(id);
            marks++;
        }
        bell.ring();
    }

    @Override
    public synchronized void changesSoon(Kind kind, UUID id) {
        Instant now = clock.instant();
        LATER.forEach(pause -> later.add(new Later(now.plus(pause), kind, id)));
    }

    @Override
    public synchronized void rebuild() {
        rebuilds.tryEmitNext(true);
    }

    @Override
    public Mono<Long> rebuilt() {
        return Mono.defer(() -> {
            long before;
            synchronized (this) {
                before = round;
                rebuild();
            }
            return rounds.asFlux()
                    .filter(ended -> ended.number() > before)
                    .next()
                    .map(Round::things);
        });
    }

    @Override
    public Mono<Void> settled() {
        return Mono.defer(() -> {
            long wanted;
            synchronized (this) {
                wanted = marks;
                if (known >= wanted && store.isComplete()) {
                    return Mono.empty();
                }
            }
            return complete.asMono()
                    .timeout(
                            PATIENCE_AT_START,
                            Mono.error(() -> Failure.unavailable(
                                    "search.incomplete", "The search index is not complete yet. Try again soon.", 5)))
                    .then(progress.asFlux()
                            .filter(reached -> reached >= wanted)
                            .next()
                            .timeout(PATIENCE, Mono.empty())
                            .then());
        });
    }

    @Override
    public synchronized void start() {
        running = Disposables.composite(
                write().subscribe(),
                Flux.merge(Mono.just(true), rebuilds.asFlux())
                        .onBackpressureLatest()
                        .concatMap(wish -> goOverEverything(), 1)
                        .subscribe());
    }

    @Override
    public synchronized void stop() {
        Disposable loops = running;
        if (loops != null) {
            loops.dispose();
            running = null;
            parts.clear();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    private Flux<Void> write() {
        return Mono.defer(() -> {
                    bell.arm();
                    Batch batch = next();
                    return batch.isEmpty()
                            ? saveNowAndThen().then(Mono.defer(() -> bell.await(untilNext())))
                            : write(batch);
                })
                .onErrorResume(error -> {
                    LOG.warn("the search index cannot be written, will be tried again: {}", error.toString());
                    return Mono.delay(PAUSE).then();
                })
                .repeat();
    }

    private Mono<Void> write(Batch batch) {
        Part part = batch.part();
        Mono<Void> all = Flux.fromIterable(batch.changed().entrySet())
                .concatMap(kind -> Flux.fromIterable(kind.getValue())
                        .buffer(BATCH)
                        .concatMap(ids -> write(kind.getKey(), ids, batch.round())))
                .then()
                .doOnSuccess(done -> settle(batch.marks()))
                .doOnError(error -> again(batch));
        return part == null
                ? all
                : all.then(write(part.kind(), part.ids(), batch.round())
                        .doOnSuccess(done -> part.done().tryEmitEmpty())
                        .onErrorResume(error -> {
                            part.done().tryEmitError(error);
                            return Mono.empty();
                        }));
    }

    private Mono<Void> write(Kind kind, List<UUID> ids, long inRound) {
        return sources.all(kind, ids).collectList().flatMap(present -> store.write(kind, ids, present, inRound));
    }

    private synchronized Batch next() {
        Instant now = clock.instant();
        for (Later head = later.peek(); head != null && !head.due().isAfter(now); head = later.peek()) {
            later.remove();
            changed.computeIfAbsent(head.kind(), k -> new LinkedHashSet<>()).add(head.id());
        }
        Map<Kind, Set<UUID>> taken = new EnumMap<>(Kind.class);
        taken.putAll(changed);
        changed.clear();
        return new Batch(taken, marks, parts.poll(), round);
    }

    private void settle(long upTo) {
        synchronized (this) {
            known = Math.max(known, upTo);
        }
        progress.tryEmitNext(upTo);
    }

    private synchronized void again(Batch batch) {
        batch.changed()
                .forEach((kind, ids) -> changed.computeIfAbsent(kind, k -> new LinkedHashSet<>())
                        .addAll(ids));
        Part part = batch.part();
        if (part != null) {
            parts.add(part);
        }
    }

    private synchronized Duration untilNext() {
        Later head = later.peek();
        if (head == null) {
            return IDLE;
        }
        Duration left = Duration.between(clock.instant(), head.due());
        return left.isNegative() ? Duration.ZERO : left.compareTo(IDLE) < 0 ? left.plusMillis(1) : IDLE;
    }

    private synchronized Mono<Void> saveNowAndThen() {
        Instant now = clock.instant();
        if (saved.plus(SAVE_EVERY).isAfter(now)) {
            return Mono.empty();
        }
        saved = now;
        return store.save();
    }

    private Mono<Round> goOverEverything() {
        return Mono.defer(() -> {
                    long started = begin();
                    return Flux.fromArray(Kind.values())
                            .concatMap(kind -> sources.ids(kind)
                                    .buffer(BATCH)
                                    .concatMap(
                                            ids -> inTurn(new Part(kind, new ArrayList<>(ids), Sinks.empty()))
                                                    .thenReturn((long) ids.size()),
                                            1))
                            .reduce(0L, Long::sum)
                            .flatMap(things -> store.complete(started).thenReturn(new Round(started, things)));
                })
                .doOnSuccess(ended -> {
                    complete.tryEmitEmpty();
                    rounds.tryEmitNext(ended);
                })
                .doOnError(error ->
                        LOG.warn("the search index is not complete, will be tried again: {}", error.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE).maxBackoff(LONGEST_PAUSE));
    }

    private synchronized long begin() {
        round = Math.max(round + 1, clock.millis());
        return round;
    }

    private Mono<Void> inTurn(Part part) {
        return Mono.defer(() -> {
            synchronized (this) {
                parts.add(part);
            }
            bell.ring();
            return part.done().asMono();
        });
    }
}
