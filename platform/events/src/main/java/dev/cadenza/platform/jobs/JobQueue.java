package dev.cadenza.platform.jobs;

import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The jobs of a service that are not finished: which is next, and what place each has. */
public final class JobQueue {

    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration TYPICAL_FRESH = Duration.ofSeconds(10);
    private static final Duration TYPICAL_AT_FIRST = Duration.ofSeconds(30);
    private static final int MEASURED = 20;
    private static final int TURNS_REMEMBERED = 10_000;

    /** What the queue looks like at a moment. */
    record Look(List<FairOrder.Waiting> waiting, List<JobTable.InFlight> inFlight) {

        Map<UUID, Integer> withWorkers() {
            Map<UUID, Integer> count = new HashMap<>();
            inFlight.forEach(job -> count.merge(job.owner(), 1, Integer::sum));
            return count;
        }

        List<JobTable.InFlight> running() {
            return inFlight.stream()
                    .filter(job -> job.status() == JobStatus.RUNNING)
                    .toList();
        }
    }

    private final List<JobTable<?, ?>> tables;
    private final JobSettings settings;
    private final Clock clock;
    private final Map<UUID, Long> lastTurns = new LinkedHashMap<>();
    private final AtomicInteger parallel = new AtomicInteger(1);
    private final Mono<Look> recentLook;
    private final Mono<Duration> typical;
    private final Set<UUID> worthALook = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waitingGauge = new AtomicInteger();
    private final AtomicInteger releasedGauge = new AtomicInteger();
    private final AtomicInteger runningGauge = new AtomicInteger();
    private long turn;

    JobQueue(List<JobSource<?, ?>> sources, JobSettings settings, Clock clock, MeterRegistry metrics, Runnable nudge) {
        this.settings = settings;
        this.clock = clock;
        this.tables = sources.stream()
                .<JobTable<?, ?>>map(source -> connect(source, nudge))
                .toList();
        this.recentLook = Mono.defer(this::look).cache(FRESH);
        this.typical = Mono.defer(this::measureTypical).cache(TYPICAL_FRESH);
        gauge(metrics, "jobs.queued", "Jobs that wait for their turn", waitingGauge);
        gauge(metrics, "jobs.released", "Jobs on the topic that no worker has started", releasedGauge);
        gauge(metrics, "jobs.running", "Jobs that a worker runs", runningGauge);
    }

    private static void gauge(MeterRegistry metrics, String name, String description, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get).description(description).register(metrics);
    }

    private <S extends Record, E> JobTable<S, E> connect(JobSource<S, E> source, Runnable nudge) {
        source.aggregates().alsoSend((before, after) -> {
            Job was = before == null ? null : source.job(before.state());
            Job is = after == null ? null : source.job(after.state());
            boolean gone = is == null || is.status().finished();
            if (is != null && is.status() == JobStatus.QUEUED || was != null && JobMessages.withWorkers(was) && gone) {
                // there is a job, or room for one
                worthALook.add(
                        before == null ? java.util.Objects.requireNonNull(after).id() : before.id());
            }
            return JobMessages.of(source, settings, clock, before, after);
        });
        source.aggregates().afterWrite(id -> {
            if (worthALook.remove(id)) {
                nudge.run();
            }
        });
        return new JobTable<>(source);
    }

    /** Where an unfinished job stands; empty where it is finished or unknown. */
    public Mono<QueuePosition> position(UUID jobId) {
        return find(jobId)
                .filter(job -> !job.status().finished())
                .flatMap(job ->
                        Mono.zip(recentLook, typical).map(known -> position(jobId, job, known.getT1(), known.getT2())));
    }

    private QueuePosition position(UUID jobId, Job job, Look look, Duration usual) {
        Instant now = clock.instant();
        if (job.status() == JobStatus.RUNNING) {
            Instant started = job.startedAt();
            return new QueuePosition(0, Forecast.completion(now, started == null ? now : started, usual));
        }
        List<UUID> order = Stream.concat(
                        look.inFlight().stream()
                                .filter(other -> other.status() == JobStatus.RELEASED)
                                .sorted(Comparator.comparing(JobTable.InFlight::releasedAt))
                                .map(JobTable.InFlight::jobId),
                        FairOrder.of(look.waiting(), look.withWorkers(), turns(), Integer.MAX_VALUE).stream()
                                .map(FairOrder.Waiting::jobId))
                .toList();
        int found = order.indexOf(jobId);
        // asked for after the look: behind all that were there
        int ahead = found < 0 ? order.size() : found;
        List<Instant> running =
                look.running().stream().map(JobTable.InFlight::startedAt).toList();
        return new QueuePosition(
                ahead + 1, Forecast.completion(now, running, ahead, Math.max(parallel.get(), running.size()), usual));
    }

    private Mono<Job> find(UUID jobId) {
        return JobTable.all(tables, table -> table.find(jobId).flux()).next();
    }

    private Mono<Duration> measureTypical() {
        return JobTable.all(tables, table -> table.lastDurations(MEASURED))
                .collect(Collectors.averagingLong(Duration::toMillis))
                .map(millis -> millis < 1 ? TYPICAL_AT_FIRST : Duration.ofMillis(Math.round(millis)));
    }

    Mono<Look> look() {
        return Mono.zip(
                        JobTable.all(tables, JobTable::waiting).collectList(),
                        JobTable.all(tables, JobTable::inFlight).collectList(),
                        (waiting, inFlight) -> new Look(
                                waiting.stream()
                                        .sorted(Comparator.comparing(FairOrder.Waiting::queuedAt)
                                                .thenComparing(FairOrder.Waiting::jobId))
                                        .toList(),
                                inFlight))
                .doOnNext(look -> {
                    int running = look.running().size();
                    parallel.accumulateAndGet(running, Math::max);
                    waitingGauge.set(look.waiting().size());
                    runningGauge.set(running);
                    releasedGauge.set(look.inFlight().size() - running);
                });
    }

    /** Hands out as many jobs as there is room for; how many were handed out. */
    Mono<Integer> release() {
        return look().flatMap(look -> {
            int room = settings.maxInFlight() - look.inFlight().size();
            if (room <= 0 || look.waiting().isEmpty()) {
                return Mono.just(0);
            }
            return Flux.fromIterable(
                            FairOrder.of(look.waiting(), look.withWorkers(), turns(), settings.maxInFlightPerUser()))
                    .take(room)
                    .concatMap(next -> JobTable.all(
                                    tables,
                                    table -> table.release(next.jobId(), clock.instant())
                                            .filter(released -> released)
                                            .flux())
                            .next()
                            .doOnNext(released -> hadItsTurn(next.owner())))
                    .count()
                    .map(Math::toIntExact);
        });
    }

    private synchronized Map<UUID, Long> turns() {
        return Map.copyOf(lastTurns);
    }

    private synchronized void hadItsTurn(UUID owner) {
        lastTurns.remove(owner);
        lastTurns.put(owner, ++turn);
        if (lastTurns.size() > TURNS_REMEMBERED) {
            lastTurns.remove(lastTurns.keySet().iterator().next());
        }
    }

    List<JobTable<?, ?>> tables() {
        return tables;
    }
}
