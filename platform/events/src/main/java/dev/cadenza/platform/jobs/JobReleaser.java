package dev.cadenza.platform.jobs;

import dev.cadenza.platform.events.Bell;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hands waiting jobs to the workers whenever there is room, and takes those back of which nobody speaks any more. Runs
 * in every instance: a job is released by the write that finds it waiting, so that two instances do not release it twice.
 */
final class JobReleaser implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobReleaser.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Finds what other instances wrote. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final JobQueue queue;
    private final JobSettings settings;
    private final Clock clock;
    private final Bell bell;
    private final Hearing hearing;
    private volatile Disposable work = Disposables.disposed();

    JobReleaser(JobQueue queue, JobSettings settings, Clock clock, Bell bell, Hearing hearing) {
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.bell = bell;
        this.hearing = hearing;
    }

    @Override
    public void start() {
        Duration watch = settings.silence().dividedBy(10);
        work = Disposables.composite(
                Mono.defer(() -> {
                            bell.arm();
                            return queue.release();
                        })
                        .onErrorResume(e -> {
                            LOG.warn("jobs cannot be released: {}", e.toString());
                            return Mono.delay(Duration.ofMillis(500)).thenReturn(0);
                        })
                        .then(bell.await(POLL))
                        .repeat()
                        .subscribe(),
                Flux.interval(watch.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : watch)
                        .onBackpressureDrop()
                        .concatMap(tick -> watch().onErrorResume(e -> {
                            hearing.missed();
                            LOG.warn("silent jobs cannot be looked for: {}", e.toString());
                            return Mono.empty();
                        }))
                        .retryWhen(Retry.indefinitely())
                        .subscribe());
    }

    /** Looks once for jobs of which nobody speaks any more. */
    Mono<Void> watch() {
        if (!hearing.lasts(settings.silence())) {
            return Mono.empty();
        }
        Instant now = clock.instant();
        Instant silentSince = now.minus(settings.silence());
        return JobTable.all(queue.tables(), table -> table.silentSince(silentSince))
                .collectList()
                .filter(silent -> !silent.isEmpty())
                .zipWhen(silent -> queue.look())
                .flatMapMany(known ->
                        Flux.fromIterable(known.getT1()).filter(job -> lost(job, known.getT1(), known.getT2(), now)))
                .concatMap(job -> JobTable.all(
                                queue.tables(),
                                table -> table.giveUpOn(
                                                job.jobId(), silentSince, settings.maxReleases(), clock.instant())
                                        .flux())
                        .next()
                        .doOnNext(after ->
                                LOG.warn("nobody spoke of job {} any more: now {}", job.jobId(), after.status())))
                .then();
    }

    /** A job that only waits on the topic is not lost while the workers are busy with others. */
    private boolean lost(JobTable.InFlight job, List<JobTable.InFlight> silent, JobQueue.Look look, Instant now) {
        return switch (job.status()) {
            case RELEASED -> {
                boolean othersSpeak = look.running().stream()
                        .anyMatch(running ->
                                silent.stream().noneMatch(s -> s.jobId().equals(running.jobId())));
                yield !othersSpeak
                        || job.releasedAt()
                                .isBefore(now.minus(settings.silence().multipliedBy(6)));
            }
            default -> true;
        };
    }

    @Override
    public void stop() {
        work.dispose();
    }

    @Override
    public boolean isRunning() {
        return !work.isDisposed();
    }

    /** As the relay: before everything that writes. */
    @Override
    public int getPhase() {
        return 0;
    }
}
