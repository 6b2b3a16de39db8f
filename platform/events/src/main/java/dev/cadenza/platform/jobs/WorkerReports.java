package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.jobs.v1.JobReported;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.events.EventSender;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/** What one attempt says, in the order in which it is said. */
final class WorkerReports {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerReports.class);

    private final EventSender sender;
    private final JobSettings settings;
    private final Clock clock;
    private final Attempt attempt;
    private final String worker;
    private final AtomicBoolean sending = new AtomicBoolean();
    private Mono<Void> previous = Mono.empty();
    private long said;

    WorkerReports(EventSender sender, JobSettings settings, Clock clock, Attempt attempt, String worker) {
        this.sender = sender;
        this.settings = settings;
        this.clock = clock;
        this.attempt = attempt;
        this.worker = worker;
    }

    /** Says it once; whether it arrives does not matter much. At most one of these is on its way at a time. */
    boolean mention(JobReport.Kind kind, int progress, String stage) {
        if (!sending.compareAndSet(false, true)) {
            return false;
        }
        var unused = send(kind, progress, stage, Map.of(), null)
                .doFinally(signal -> sending.set(false))
                .subscribe(
                        nothing -> {},
                        e -> LOG.debug("report of {} did not arrive: {}", attempt.jobId(), e.toString()));
        return true;
    }

    /** Says it until the broker has it; completes exceptionally where that takes longer than a job may be silent. */
    CompletableFuture<Void> insist(JobReport.Kind kind, Map<String, Object> result, @Nullable JobError error) {
        return send(kind, kind == JobReport.Kind.COMPLETED ? 100 : attempt.percent(), "", result, error)
                .doOnError(e -> LOG.warn("report of {} waits for the broker: {}", attempt.jobId(), e.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(2)))
                .timeout(settings.silence())
                .toFuture();
    }

    private Mono<Void> send(
            JobReport.Kind kind, int progress, String stage, Map<String, Object> result, @Nullable JobError error) {
        // one event id for all tries: a repeat is the same report
        EventEnvelope<JobReported> envelope = new EventEnvelope<>(
                Ids.next(),
                attempt.attempt() + next(),
                JobMessages.REPORTED,
                JobMessages.VERSION,
                clock.instant(),
                attempt.traceparent(),
                new JobReported(
                        attempt.jobId(),
                        attempt.attempt(),
                        JobMessages.wire(kind),
                        progress,
                        stage,
                        result,
                        error == null ? null : error.code(),
                        error == null ? null : error.message(),
                        worker,
                        clock.instant()));
        return afterThePrevious(Mono.defer(
                () -> sender.send(settings.progressTopic(), attempt.jobId(), envelope, attempt.requestId())));
    }

    /** An end must not arrive before the start that was mentioned a moment ago. */
    private Mono<Void> afterThePrevious(Mono<Void> report) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> done = Sinks.empty();
            Mono<Void> before;
            synchronized (this) {
                before = previous;
                previous = done.asMono();
            }
            return before.then(report).doFinally(signal -> {
                Sinks.EmitResult unused = done.tryEmitEmpty();
            });
        });
    }

    private synchronized long next() {
        return said++;
    }
}
