package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.EventEnvelope;
import dev.cadenza.contracts.jobs.v1.JobCancelled;
import dev.cadenza.contracts.jobs.v1.JobReported;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.core.job.JobStatus;
import dev.cadenza.platform.events.EventHandler;
import dev.cadenza.platform.events.EventSender;
import dev.cadenza.platform.events.ReceivedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Applies what workers say, where it counts, and removes the objects of attempts that lost. Both are harmless when
 * repeated.
 */
final class JobReports implements EventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(JobReports.class);

    private final JobQueue queue;
    private final JobObjects objects;
    private final EventSender sender;
    private final JobSettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Hearing hearing;

    JobReports(
            JobQueue queue,
            JobObjects objects,
            EventSender sender,
            JobSettings settings,
            MeterRegistry metrics,
            Clock clock,
            Hearing hearing) {
        this.queue = queue;
        this.objects = objects;
        this.sender = sender;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.hearing = hearing;
    }

    @Override
    public Set<String> topics() {
        return Set.of(settings.progressTopic());
    }

    @Override
    public String group() {
        return settings.service() + ".job-reports";
    }

    @Override
    public Mono<Void> handle(ReceivedEvent event) {
        if (!event.type().equals(JobMessages.REPORTED)) {
            return Mono.empty();
        }
        JobReport report = JobMessages.report(event.dataAs(JobReported.class));
        return JobTable.all(
                        queue.tables(),
                        table -> table.report(report, clock.instant()).flux())
                .next()
                .doOnNext(job -> measure(report, job))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(job -> callOff(report, job).then(sweep(report, job)))
                // those behind it wait as well
                .doOnError(e -> hearing.missed());
    }

    /** Somebody began what is over: the broker did not hear of its end, or the job is gone. A courtesy, sent once. */
    private Mono<Void> callOff(JobReport report, Optional<Job> job) {
        if (report.kind() != JobReport.Kind.STARTED
                || job.filter(known -> !known.status().finished() || known.attempt() == report.attempt())
                        .isPresent()) {
            return Mono.empty();
        }
        Instant now = clock.instant();
        return sender.send(
                        settings.controlTopic(),
                        report.jobId(),
                        new EventEnvelope<>(
                                Ids.next(),
                                report.attempt(),
                                JobMessages.CANCELLED,
                                JobMessages.VERSION,
                                now,
                                null,
                                new JobCancelled(report.jobId(), Job.releaseOf(report.attempt()), now)),
                        null)
                .onErrorResume(e -> {
                    LOG.warn("job {} is run in vain: {}", report.jobId(), e.toString());
                    return Mono.empty();
                });
    }

    private void measure(JobReport report, Job job) {
        if (job.attempt() != report.attempt()) {
            LOG.info(
                    "report {} of job {} attempt {} does not count: {} at attempt {}",
                    report.kind(),
                    report.jobId(),
                    report.attempt(),
                    job.status(),
                    job.attempt());
            return;
        }
        Instant started = job.startedAt();
        if (started == null) {
            return;
        }
        if (report.kind() == JobReport.Kind.STARTED && job.status() == JobStatus.RUNNING) {
            timer("jobs.handover", "From asking for a job to its start", "started", job.queuedAt(), started);
        } else if (job.status() == JobStatus.COMPLETED || job.status() == JobStatus.FAILED) {
            timer(
                    "jobs.duration",
                    "From the start of a job to its end",
                    job.status().name().toLowerCase(Locale.ROOT),
                    started,
                    report.at());
        }
    }

    private void timer(String name, String description, String outcome, Instant from, Instant to) {
        Duration took = Duration.between(from, to);
        Timer.builder(name)
                .description(description)
                .tag("outcome", outcome)
                .register(metrics)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    private Mono<Void> sweep(JobReport report, Optional<Job> found) {
        boolean over =
                switch (report.kind()) {
                    case STARTED, PROGRESS -> false;
                    case COMPLETED, FAILED, STOPPED -> true;
                };
        if (!over) {
            return Mono.empty();
        }
        String prefix = settings.objectPrefix(report.jobId());
        Predicate<String> lost = lost(report, found, prefix);
        return objects.deletePrefix(prefix, lost)
                .doOnNext(count -> {
                    if (count > 0) {
                        LOG.info("{} objects of lost attempts of job {} removed", count, report.jobId());
                    }
                })
                .then();
    }

    private static Predicate<String> lost(JobReport report, Optional<Job> found, String prefix) {
        if (found.isEmpty()) {
            return key -> true;
        }
        Job job = found.get();
        // whatever started since belongs to somebody who may still win
        long newest = Math.max(job.attempt(), report.attempt());
        return switch (job.status()) {
            case COMPLETED ->
                key -> {
                    long attempt = JobMessages.attemptOf(key, prefix);
                    return attempt <= newest && attempt != job.attempt();
                };
            case FAILED, CANCELLED -> key -> JobMessages.attemptOf(key, prefix) <= newest;
            case QUEUED, RELEASED, RUNNING -> key -> JobMessages.attemptOf(key, prefix) == report.attempt();
        };
    }
}
