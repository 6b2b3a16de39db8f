package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.jobs.v1.JobCancelled;
import dev.cadenza.contracts.jobs.v1.JobReported;
import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.core.job.JobStatus;
import dev.cadenza.platform.events.EventMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What travels over the job topics, and which change of a job sends what. */
final class JobMessages {

    static final String REQUESTED = "job.requested";
    static final String CANCELLED = "job.cancelled";
    static final String REPORTED = "job.reported";
    static final int VERSION = 1;

    private JobMessages() {}

    /** The messages of one change of an aggregate with a job. */
    static <S extends Record> List<EventMessage> of(
            JobSource<S, ?> source,
            JobSettings settings,
            Clock clock,
            @Nullable Versioned<S> before,
            @Nullable Versioned<S> after) {
        Job was = before == null ? null : source.job(before.state());
        Job is = after == null ? null : source.job(after.state());
        List<EventMessage> messages = new ArrayList<>();
        if (before != null && was != null && withWorkers(was) && (is == null || takenBack(is))) {
            messages.add(new EventMessage(
                    CANCELLED,
                    VERSION,
                    new JobCancelled(before.id(), was.release(), clock.instant()),
                    settings.controlTopic()));
        }
        if (after != null
                && is != null
                && is.status() == JobStatus.RELEASED
                && (was == null || was.release() != is.release())) {
            JobRequested wanted = source.request(after);
            messages.add(new EventMessage(
                    REQUESTED,
                    VERSION,
                    new JobRequested(after.id(), wanted.ownerId(), wanted.kind(), is.release(), wanted.parameters()),
                    settings.jobsTopic()));
        }
        return messages;
    }

    static boolean withWorkers(Job job) {
        return job.status() == JobStatus.RELEASED || job.status() == JobStatus.RUNNING;
    }

    /** Whatever a worker still does about it is in vain; after a failure there may be a copy that no worker took yet. */
    private static boolean takenBack(Job job) {
        return job.status() == JobStatus.CANCELLED
                || job.status() == JobStatus.QUEUED
                || job.status() == JobStatus.FAILED;
    }

    static String wire(JobReport.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** A report from the wire; throws {@link IllegalArgumentException} for a kind that is not known. */
    static JobReport report(JobReported told) {
        String code = told.errorCode();
        return new JobReport(
                told.jobId(),
                told.attempt(),
                JobReport.Kind.valueOf(told.kind().toUpperCase(Locale.ROOT)),
                Math.clamp(told.progress(), 0, 100),
                told.stage() == null ? "" : told.stage(),
                told.result() == null ? Map.of() : told.result(),
                code == null ? null : new JobError(code, told.errorMessage() == null ? "" : told.errorMessage()),
                told.worker(),
                told.at());
    }

    /** Attempt that an object key below a job's prefix belongs to; -1 where it tells none. */
    static long attemptOf(String key, String jobPrefix) {
        int end = key.indexOf('/', jobPrefix.length());
        if (!key.startsWith(jobPrefix) || end < 0) {
            return -1;
        }
        try {
            return Long.parseLong(key, jobPrefix.length(), end, 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Object keys of one attempt, with a slash at the end. */
    static String objectPrefix(JobSettings settings, UUID jobId, long attempt) {
        return settings.objectPrefix(jobId) + attempt + "/";
    }
}
