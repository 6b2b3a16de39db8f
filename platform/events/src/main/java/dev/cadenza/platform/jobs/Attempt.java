package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.events.ReceivedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** One run of an engine: what the engine sees of it, and how it ended. */
final class Attempt implements JobContext {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    /** How a run ended. */
    sealed interface Outcome {
        /** The result is stored. */
        record Completed(Map<String, Object> result) implements Outcome {}

        /** The input can never succeed. */
        record Failed(String code, String message) implements Outcome {}

        /** Another attempt may succeed. */
        record Broken(Throwable cause) implements Outcome {}

        /** It was told to end. */
        record Ended(JobCancelledException.Reason reason) implements Outcome {}
    }

    private final JobRequested request;
    private final JsonNode parameters;
    private final long attempt;
    private final int delivery;
    private final @Nullable String traceparent;
    private final @Nullable String requestId;
    private final String objectPrefix;
    private final Path workDirectory;
    private final AtomicReference<JobCancelledException.@Nullable Reason> end = new AtomicReference<>();
    private volatile @Nullable Thread thread;
    private volatile int percent;
    private volatile String stage = "";
    private volatile boolean news;

    Attempt(
            JobRequested request,
            ReceivedEvent event,
            int delivery,
            Instant startedAt,
            JobSettings settings,
            Path home) {
        this.request = request;
        this.parameters = event.envelope().data().path("parameters");
        this.attempt = Job.attempt(request.release(), delivery, startedAt);
        this.delivery = delivery;
        this.traceparent = event.envelope().traceparent();
        this.requestId = event.requestId();
        this.objectPrefix = JobMessages.objectPrefix(settings, request.jobId(), attempt);
        this.workDirectory = home.resolve(request.jobId() + "-" + attempt);
    }

    /** Runs the engine on this thread; never throws. */
    Outcome run(JobHandler handler) {
        thread = Thread.currentThread();
        if (requestId != null) {
            MDC.put("requestId", requestId);
        }
        try {
            Files.createDirectories(workDirectory);
            checkCancelled();
            Map<String, Object> result = handler.run(this);
            // a result that is there is delivered, whatever was said meanwhile: the fence decides whether it counts
            return new Outcome.Completed(result);
        } catch (JobFailedException e) {
            LOG.info("job {} cannot succeed: {} {}", jobId(), e.code(), e.getMessage(), e.getCause());
            return new Outcome.Failed(e.code(), e.getMessage());
        } catch (Throwable e) {
            JobCancelledException.Reason reason = end.get();
            // interrupts and closed files look like all sorts of failures
            return reason == null ? new Outcome.Broken(e) : new Outcome.Ended(reason);
        } finally {
            synchronized (this) {
                thread = null;
                // an interrupt that came too late must not hit what the thread does next
                boolean unused = Thread.interrupted();
            }
            tidy();
            MDC.clear();
        }
    }

    /** Tells the engine to end; the first reason stays. */
    void end(JobCancelledException.Reason reason) {
        end.compareAndSet(null, reason);
    }

    JobCancelledException.@Nullable Reason endReason() {
        return end.get();
    }

    /** Wakes an engine that waits for something. */
    synchronized void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Whether there was progress since this was asked last. */
    boolean takeNews() {
        boolean had = news;
        news = false;
        return had;
    }

    int percent() {
        return percent;
    }

    String stage() {
        return stage;
    }

    int delivery() {
        return delivery;
    }

    int release() {
        return request.release();
    }

    @Nullable
    String traceparent() {
        return traceparent;
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    Duration backoff(JobSettings settings) {
        Duration pause = settings.retryBackoff().multipliedBy(1L << Math.min(delivery - 1, 10));
        return pause.compareTo(Duration.ofSeconds(30)) > 0 ? Duration.ofSeconds(30) : pause;
    }

    private void tidy() {
        try {
            FileSystemUtils.deleteRecursively(workDirectory);
        } catch (IOException e) {
            LOG.warn("work of job {} stays behind until the next start: {}", jobId(), e.toString());
        }
    }

    @Override
    public UUID jobId() {
        return request.jobId();
    }

    @Override
    public UUID ownerId() {
        return request.ownerId();
    }

    @Override
    public long attempt() {
        return attempt;
    }

    @Override
    public String kind() {
        return request.kind();
    }

    @Override
    public JsonNode parameters() {
        return parameters;
    }

    @Override
    public void progress(int newPercent, String newStage) {
        percent = Math.clamp(newPercent, 0, 100);
        stage = newStage;
        news = true;
    }

    @Override
    public void checkCancelled() {
        JobCancelledException.Reason reason = end.get();
        if (reason != null) {
            throw new JobCancelledException(reason);
        }
    }

    @Override
    public String objectPrefix() {
        return objectPrefix;
    }

    @Override
    public Path workDirectory() {
        return workDirectory;
    }
}
