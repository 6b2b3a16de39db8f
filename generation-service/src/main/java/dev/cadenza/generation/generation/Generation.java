package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for a song, and the job that makes it.
 *
 * @param publicId {@code gen_…}
 * @param taskId {@code task_…}
 * @param trackId {@code track_…}, the song's, kept back until there is one
 * @param retryOf public id of the generation whose request this one repeats
 * @param song null until the job is done
 */
public record Generation(
        String publicId,
        String taskId,
        String trackId,
        UUID ownerId,
        GenerationRequest request,
        @Nullable String retryOf,
        Instant createdAt,
        Job job,
        @Nullable Song song) {

    /** The names that a generation is known by outside. */
    public record Names(String publicId, String taskId, String trackId) {}

    /** A new one; its job waits. */
    public static Change<Generation, GenerationEvent> queued(
            Names names, UUID ownerId, GenerationRequest request, @Nullable String retryOf, Instant now) {
        return Change.of(
                new Generation(
                        names.publicId(),
                        names.taskId(),
                        names.trackId(),
                        ownerId,
                        request,
                        retryOf,
                        now,
                        Job.queued(now),
                        null),
                new GenerationEvent.Queued());
    }

    /** Where it stands. */
    public GenerationStatus status() {
        return switch (job.status()) {
            case QUEUED, RELEASED -> GenerationStatus.QUEUED;
            case RUNNING -> GenerationStatus.PROCESSING;
            case COMPLETED -> GenerationStatus.COMPLETED;
            case FAILED -> GenerationStatus.FAILED;
            case CANCELLED -> GenerationStatus.CANCELLED;
        };
    }

    /** Why it failed, in words for its owner; null while it did not. */
    public @Nullable JobError error() {
        return status() == GenerationStatus.FAILED ? job.error() : null;
    }

    /** Whether what this attempt stores is, or may yet become, the song. */
    public boolean needs(long attempt) {
        return switch (job.status()) {
            case QUEUED, RELEASED, RUNNING -> true;
            case COMPLETED -> job.attempt() == attempt;
            case FAILED, CANCELLED -> false;
        };
    }

    /** Seconds: of the song, before it is there of the wish. */
    public double durationSeconds() {
        Integer wished = request.wish().durationSeconds();
        return song != null ? song.durationSeconds() : wished == null ? 0 : wished;
    }

    /** The job was handed out, or taken back. */
    public Change<Generation, GenerationEvent> with(Job changed) {
        return Change.of(withJob(changed, song));
    }

    /** Called off; {@link Failure.Conflict} once it is finished. */
    public Change<Generation, GenerationEvent> cancelled(Instant now) {
        if (job.status().finished()) {
            throw Failure.conflict(
                    "generation.finished", "The generation is " + status().word() + " and cannot be cancelled.");
        }
        return Change.of(withJob(job.cancelled(now), null), new GenerationEvent.Cancelled());
    }

    /** Checks that it may be asked for again; {@link Failure.Conflict} unless it failed or was cancelled. */
    public void requireRetryable() {
        switch (status()) {
            case FAILED, CANCELLED -> {
                // may be tried again
            }
            default ->
                throw Failure.conflict(
                        "generation.not_failed", "The generation is " + status().word() + " and cannot be retried.");
        }
    }

    /** After a worker's report; empty where it does not count. */
    public Optional<Change<Generation, GenerationEvent>> reported(JobReport report) {
        return job.apply(report).map(changed -> after(changed, report.result()));
    }

    private Change<Generation, GenerationEvent> after(Job changed, Map<String, Object> result) {
        if (changed.status() == job.status()) {
            return with(changed);
        }
        return switch (changed.status()) {
            case RUNNING -> Change.of(withJob(changed, song), new GenerationEvent.Started());
            case COMPLETED -> Change.of(withJob(changed, SongFacts.read(result)), new GenerationEvent.Completed());
            case FAILED -> Change.of(withJob(changed, song), new GenerationEvent.Failed());
            case QUEUED, RELEASED, CANCELLED -> with(changed);
        };
    }

    private Generation withJob(Job changed, @Nullable Song made) {
        return new Generation(publicId, taskId, trackId, ownerId, request, retryOf, createdAt, changed, made);
    }
}
