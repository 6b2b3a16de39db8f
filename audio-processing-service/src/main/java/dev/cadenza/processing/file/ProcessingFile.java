package dev.cadenza.processing.file;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.core.job.JobStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody handed in, and the job that works on it.
 *
 * @param original the bytes as they came
 * @param separation null until the job is done
 */
public record ProcessingFile(
        UUID ownerId,
        Task task,
        String filename,
        AudioFacts audio,
        StoredPart original,
        Instant uploadedAt,
        Job job,
        @Nullable Separation separation) {

    /** A new file; its job waits. */
    public static Change<ProcessingFile, ProcessingFileEvent> uploaded(
            UUID ownerId, Task task, AudioFacts audio, StoredPart original, Instant now) {
        return Change.of(
                new ProcessingFile(ownerId, task, original.filename(), audio, original, now, Job.queued(now), null),
                new ProcessingFileEvent.Uploaded());
    }

    /** Where its job stands. */
    public FileStatus status() {
        return switch (job.status()) {
            case QUEUED, RELEASED -> FileStatus.PENDING;
            case RUNNING -> FileStatus.PROCESSING;
            case COMPLETED -> FileStatus.COMPLETED;
            case FAILED, CANCELLED -> FileStatus.ERROR;
        };
    }

    /** Why it failed, in words for its owner; null while it did not. */
    public @Nullable String errorMessage() {
        JobError error = job.error();
        return switch (status()) {
            case ERROR -> error == null ? "The processing was stopped." : error.message();
            default -> null;
        };
    }

    /** The job was handed out, or taken back. */
    public Change<ProcessingFile, ProcessingFileEvent> with(Job changed) {
        return Change.of(withJob(changed, separation));
    }

    /** After a worker's report; empty where it does not count. */
    public Optional<Change<ProcessingFile, ProcessingFileEvent>> reported(JobReport report) {
        return job.apply(report).map(changed -> after(changed, report.result()));
    }

    private Change<ProcessingFile, ProcessingFileEvent> after(Job changed, Map<String, Object> result) {
        if (changed.status() == job.status()) {
            return with(changed);
        }
        return switch (changed.status()) {
            case RUNNING -> Change.of(withJob(changed, separation), new ProcessingFileEvent.Started());
            case COMPLETED ->
                Change.of(withJob(changed, SeparationFacts.read(result)), new ProcessingFileEvent.Completed());
            case FAILED -> Change.of(withJob(changed, separation), new ProcessingFileEvent.Failed());
            case QUEUED, RELEASED, CANCELLED -> with(changed);
        };
    }

    /** When its job ended; null before. */
    public @Nullable Instant processedAt() {
        return job.status() == JobStatus.QUEUED ? null : job.finishedAt();
    }

    private ProcessingFile withJob(Job changed, @Nullable Separation found) {
        return new ProcessingFile(ownerId, task, filename, audio, original, uploadedAt, changed, found);
    }
}
