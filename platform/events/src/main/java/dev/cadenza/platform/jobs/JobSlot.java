package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.events.ReceivedEvent;
import dev.cadenza.platform.jobs.JobCancelledException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one job after the other from the topic, keeps it while its engine runs, and gives back what became of it. */
final class JobSlot implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JobSlot.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 100;
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(500);
    private static final Duration INTERRUPT_AFTER = Duration.ofMillis(600);
    /** An engine that hears nothing keeps its slot this long; then the slot goes on without it. */
    private static final Duration ABANDON_AFTER = Duration.ofSeconds(30);

    /** What the slot waits for. */
    private enum Waiting {
        ENGINE,
        DELIVERY,
        PAUSE
    }

    private final JobWorker.Parts parts;
    private final String name;
    private volatile boolean stopping;

    JobSlot(JobWorker.Parts parts, String name) {
        this.parts = parts;
        this.name = name;
    }

    /** Takes nothing more, ends what runs. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            ShareConsumer<String, byte[]> consumer = parts.consumers().get();
            try {
                consumer.subscribe(List.of(parts.settings().jobsTopic()));
                while (!stopping && serveOne(consumer)) {
                    // the next one
                }
            } catch (RuntimeException e) {
                LOG.warn("{} starts again: {}", name, e.toString(), e);
                sleep(Duration.ofSeconds(1));
            } finally {
                close(consumer);
            }
        }
    }

    private static void close(ShareConsumer<String, byte[]> consumer) {
        try {
            consumer.close(CLOSE);
        } catch (RuntimeException e) {
            LOG.debug("closing", e);
        }
    }

    /** False where the job was lost, and the consumer with it. */
    private boolean serveOne(ShareConsumer<String, byte[]> consumer) {
        boolean kept = true;
        for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
            kept &= new Hold(consumer, message).serve();
        }
        return kept;
    }

    private void sleep(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    /** One job in this slot's hands. */
    private final class Hold {

        private final ShareConsumer<String, byte[]> consumer;
        private ConsumerRecord<String, byte[]> message;
        private long renewedAt = System.nanoTime();
        private long saidAt = System.nanoTime();
        private boolean lost;

        Hold(ShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> message) {
            this.consumer = consumer;
            this.message = message;
        }

        boolean serve() {
            ReceivedEvent event;
            JobRequested request;
            try {
                event = ReceivedEvent.read(
                        message.topic(), message.key(), message.value(), header(message, "requestId"));
                if (!event.type().equals(JobMessages.REQUESTED)) {
                    return settle(AcknowledgeType.ACCEPT);
                }
                request = event.dataAs(JobRequested.class);
            } catch (RuntimeException e) {
                LOG.error("no job at {}-{}@{}", message.topic(), message.partition(), message.offset(), e);
                return settle(buried("unreadable") ? AcknowledgeType.REJECT : AcknowledgeType.RELEASE);
            }
            int delivery = message.deliveryCount().map(Short::intValue).orElse(1);
            Attempt attempt =
                    new Attempt(request, event, delivery, parts.clock().instant(), parts.settings(), parts.folder());
            if (parts.finished().contains(attempt)) {
                return settle(AcknowledgeType.ACCEPT);
            }
            WorkerReports reports = new WorkerReports(parts.sender(), parts.settings(), parts.clock(), attempt, name);
            long startedAt = System.nanoTime();
            Attempt.Outcome outcome = parts.cancellations().cover(request.jobId(), request.release())
                    ? new Attempt.Outcome.Ended(Reason.CANCELLED)
                    : run(attempt, reports);
            parts.measure(attempt, outcome, System.nanoTime() - startedAt);
            return conclude(attempt, reports, outcome);
        }

        private Attempt.Outcome run(Attempt attempt, WorkerReports reports) {
            LOG.info("job {} attempt {} ({}) starts", attempt.jobId(), attempt.attempt(), attempt.kind());
            JobHandler handler = parts.handlers().get(attempt.kind());
            if (handler == null) {
                return new Attempt.Outcome.Broken(
                        new IllegalStateException("no engine for jobs of kind " + attempt.kind()));
            }
            reports.mention(JobReport.Kind.STARTED, 0, "");
            CompletableFuture<Attempt.Outcome> engine =
                    CompletableFuture.supplyAsync(() -> attempt.run(handler), parts.engines());
            await(Waiting.ENGINE, engine, attempt, reports);
            Attempt.Outcome outcome = engine.getNow(null);
            if (outcome != null) {
                return outcome;
            }
            Reason reason = attempt.endReason();
            LOG.error("the engine of job {} does not end ({}); this slot goes on without it", attempt.jobId(), reason);
            return new Attempt.Outcome.Ended(reason == null ? Reason.SHUTDOWN : reason);
        }

        private boolean conclude(Attempt attempt, WorkerReports reports, Attempt.Outcome outcome) {
            return switch (outcome) {
                case Attempt.Outcome.Completed completed -> {
                    LOG.info("job {} attempt {} completed", attempt.jobId(), attempt.attempt());
                    boolean told = delivered(attempt, reports, JobReport.Kind.COMPLETED, completed.result(), null);
                    yield settle(told ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
                }
                case Attempt.Outcome.Failed failed ->
                    conclude(attempt, reports, JobReport.Kind.FAILED, failed.code(), failed.message());
                case Attempt.Outcome.Broken broken -> broken(attempt, reports, broken.cause());
                case Attempt.Outcome.Ended ended -> ended(attempt, reports, ended.reason());
            };
        }

        private boolean conclude(
                Attempt attempt, WorkerReports reports, JobReport.Kind kind, String code, String text) {
            boolean told = delivered(attempt, reports, kind, Map.of(), new JobError(code, text));
            return settle(told ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
        }

        private boolean ended(Attempt attempt, WorkerReports reports, Reason reason) {
            LOG.info("job {} attempt {} ended: {}", attempt.jobId(), attempt.attempt(), reason);
            String code = reason.name().toLowerCase(Locale.ROOT);
            return switch (reason) {
                case CANCELLED -> conclude(attempt, reports, JobReport.Kind.STOPPED, code, "");
                case TIMEOUT ->
                    conclude(attempt, reports, JobReport.Kind.FAILED, "job.timeout", "The job took too long.");
                case LOST -> {
                    // nobody waits for this; it lets the objects of this attempt be swept
                    var unused = reports.insist(JobReport.Kind.STOPPED, Map.of(), new JobError(code, ""));
                    yield false;
                }
                case SHUTDOWN ->
                    attempt.delivery() < parts.settings().maxAttempts()
                            ? settle(AcknowledgeType.RELEASE)
                            // the broker would drop it: the service has to hand it out anew
                            : conclude(attempt, reports, JobReport.Kind.STOPPED, code, "");
            };
        }

        private boolean broken(Attempt attempt, WorkerReports reports, Throwable cause) {
            LOG.warn("job {} attempt {} broke", attempt.jobId(), attempt.attempt(), cause);
            if (attempt.delivery() < parts.settings().maxAttempts()) {
                CompletableFuture<Void> pause = new CompletableFuture<Void>()
                        .completeOnTimeout(
                                null, attempt.backoff(parts.settings()).toMillis(), TimeUnit.MILLISECONDS);
                await(Waiting.PAUSE, pause, attempt, reports);
                return attempt.endReason() == Reason.CANCELLED
                        ? ended(attempt, reports, Reason.CANCELLED)
                        : settle(AcknowledgeType.RELEASE);
            }
            boolean told = delivered(
                    attempt,
                    reports,
                    JobReport.Kind.FAILED,
                    Map.of(),
                    new JobError("job.attempts_exhausted", "The job was tried several times and did not succeed."));
            return settle(told && buried(cause.toString()) ? AcknowledgeType.REJECT : AcknowledgeType.RELEASE);
        }

        private boolean delivered(
                Attempt attempt,
                WorkerReports reports,
                JobReport.Kind kind,
                Map<String, Object> result,
                @Nullable JobError error) {
            CompletableFuture<Void> report = reports.insist(kind, result, error);
            await(Waiting.DELIVERY, report, attempt, reports);
            boolean told = report.isDone() && !report.isCompletedExceptionally();
            if (told) {
                // where the broker hands it out once more, nobody needs to run it
                parts.finished().add(attempt);
            } else {
                report.cancel(true);
            }
            return told;
        }

        /** Returns when {@code work} is done, or there is no point in waiting any more. */
        private void await(Waiting waiting, CompletableFuture<?> work, Attempt attempt, WorkerReports reports) {
            long began = System.nanoTime();
            long endedAt = 0;
            while (!finished(work)) {
                if (!lost && since(renewedAt) >= parts.settings().renew().toNanos() && !renew()) {
                    lost = true;
                    LOG.warn("job {} attempt {} was lost", attempt.jobId(), attempt.attempt());
                }
                if (waiting == Waiting.ENGINE) {
                    mentionProgress(attempt, reports);
                }
                if (endedAt == 0) {
                    boolean tooLong = waiting == Waiting.ENGINE
                            && since(began) > parts.settings().maxDuration().toNanos();
                    Reason reason = reasonToEnd(attempt, tooLong);
                    // a result on its way is not held up by a cancellation: the fence decides about it
                    if (reason != null && (waiting != Waiting.DELIVERY || reason == Reason.SHUTDOWN)) {
                        endedAt = System.nanoTime();
                        if (waiting != Waiting.DELIVERY) {
                            attempt.end(reason);
                        }
                    }
                } else if (waiting == Waiting.PAUSE
                        || since(endedAt) > (stopping ? parts.settings().shutdown() : ABANDON_AFTER).toNanos()) {
                    return;
                } else if (since(endedAt) > INTERRUPT_AFTER.toNanos()) {
                    attempt.interrupt();
                }
            }
        }

        private @Nullable Reason reasonToEnd(Attempt attempt, boolean tooLong) {
            if (parts.cancellations().cover(attempt.jobId(), attempt.release())) {
                return Reason.CANCELLED;
            }
            if (lost) {
                return Reason.LOST;
            }
            if (stopping) {
                return Reason.SHUTDOWN;
            }
            return tooLong ? Reason.TIMEOUT : null;
        }

        private void mentionProgress(Attempt attempt, WorkerReports reports) {
            long quiet = since(saidAt);
            // the service takes jobs back that nobody speaks of
            boolean mustSpeak = quiet > parts.settings().silence().dividedBy(4).toNanos();
            if (quiet < BETWEEN_REPORTS.toNanos() || attempt.endReason() != null) {
                return;
            }
            if (attempt.takeNews() || mustSpeak) {
                if (reports.mention(JobReport.Kind.PROGRESS, attempt.percent(), attempt.stage())) {
                    saidAt = System.nanoTime();
                }
            }
        }

        private boolean finished(CompletableFuture<?> work) {
            try {
                work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException | CancellationException e) {
                return true;
            } catch (InterruptedException e) {
                stopping = true;
                return false;
            }
        }

        /** Says that the job is still in hand; false where it is not. */
        private boolean renew() {
            if (since(renewedAt) > parts.settings().lock().toNanos()) {
                // too late: the broker has given it away, but says so only while the other one has it
                return false;
            }
            try {
                consumer.acknowledge(message, AcknowledgeType.RENEW);
                if (!confirmed(consumer.commitSync(COMMIT))) {
                    return false;
                }
                renewedAt = System.nanoTime();
                // whoever renewed a record is handed it again, and acknowledges that copy
                for (int i = 0; i < 10; i++) {
                    boolean again = false;
                    for (ConsumerRecord<String, byte[]> copy :
                            consumer.poll(Duration.ofMillis(i == 0 ? 0 : LOOK_MILLIS))) {
                        if (copy.offset() == message.offset() && copy.partition() == message.partition()) {
                            message = copy;
                            again = true;
                        } else {
                            consumer.acknowledge(copy, AcknowledgeType.RELEASE);
                        }
                    }
                    if (again) {
                        return true;
                    }
                }
                return false;
            } catch (IllegalStateException | KafkaException e) {
                LOG.debug("renewing", e);
                return false;
            }
        }

        /** Gives the job back for good; false where it was not this slot's any more. */
        private boolean settle(AcknowledgeType how) {
            if (lost) {
                return false;
            }
            try {
                consumer.acknowledge(message, how);
                return confirmed(consumer.commitSync(COMMIT));
            } catch (IllegalStateException | KafkaException e) {
                LOG.warn("{} of {}@{} was not heard: {}", how, message.topic(), message.offset(), e.toString());
                return false;
            }
        }

        private static boolean confirmed(
                Map<org.apache.kafka.common.TopicIdPartition, Optional<KafkaException>> answers) {
            // no answer at all means that the connection was lost, and the job with it
            return !answers.isEmpty() && answers.values().stream().allMatch(Optional::isEmpty);
        }

        private boolean buried(String why) {
            ProducerRecord<String, byte[]> copy = new ProducerRecord<>(
                    parts.settings().deadLetterTopic(), null, message.key(), message.value(), message.headers());
            copy.headers().add("error", why.getBytes(StandardCharsets.UTF_8));
            try {
                parts.template().send(copy).get(COMMIT.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (InterruptedException e) {
                stopping = true;
                return false;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.error("no copy of {}@{} in {}", message.topic(), message.offset(), copy.topic(), e);
                return false;
            }
        }
    }

    private static long since(long nanoTime) {
        return System.nanoTime() - nanoTime;
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
