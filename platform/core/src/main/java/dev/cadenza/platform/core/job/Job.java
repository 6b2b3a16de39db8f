package dev.cadenza.platform.core.job;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * State of a job, embedded in the aggregate that asked for it, so that job and aggregate change in one write.
 *
 * <p>The attempt number is the fence: the broker accepts a frozen worker's late acknowledgement without a word, so
 * only {@link #apply} decides whether a report counts.
 *
 * @param release how often the job was handed to the topic, from 0
 * @param attempt highest attempt that reported, 0 before the first
 * @param progress 0 to 100, never falls within an attempt
 * @param queuedAt its place among the waiting; a job that was taken back keeps it
 * @param lost how many releases were taken back from a worker that had started them; 0 in older documents
 */
public record Job(
        JobStatus status,
        int release,
        long attempt,
        int progress,
        String stage,
        Instant queuedAt,
        @Nullable Instant releasedAt,
        @Nullable Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable JobError error,
        int lost) {

    private static final long EPOCH_2026 = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    /** A new job. */
    public static Job queued(Instant now) {
        return new Job(JobStatus.QUEUED, 0, 0, 0, "", now, null, null, now, null, null, 0);
    }

    /** Handed to the topic; only from {@link JobStatus#QUEUED}. */
    public Job released(Instant now) {
        require(status == JobStatus.QUEUED, "release");
        return new Job(
                JobStatus.RELEASED,
                release + 1,
                attempt,
                progress,
                stage,
                queuedAt,
                now,
                startedAt,
                now,
                null,
                null,
                lost);
    }

    /**
     * Waiting for its turn again: its worker was lost, and it keeps its place; or its owner wants another try after a
     * failure or a cancellation, which goes to the end. Nothing that an earlier release still reports will count.
     */
    public Job requeued(Instant now) {
        require(status != JobStatus.QUEUED && status != JobStatus.COMPLETED, "requeue");
        return new Job(
                JobStatus.QUEUED,
                release,
                attempt(release + 1, 0, Instant.EPOCH),
                0,
                "",
                status.finished() ? now : queuedAt,
                null,
                null,
                now,
                null,
                null,
                status.finished() ? 0 : startedAt == null ? lost : lost + 1);
    }

    /** Called off by its owner; only while not finished. */
    public Job cancelled(Instant now) {
        require(!status.finished(), "cancel");
        return new Job(
                JobStatus.CANCELLED,
                release,
                attempt,
                progress,
                stage,
                queuedAt,
                releasedAt,
                startedAt,
                now,
                now,
                null,
                lost);
    }

    /**
     * Attempt number of the {@code delivery}-th hand-over (from 1) of the {@code release}-th release: later releases
     * and later deliveries are always higher. The broker counts deliveries anew where it was restarted while a worker
     * held the job; the time then tells the two attempts apart, and the later one is higher. Fits a JSON number.
     */
    public static long attempt(int release, int delivery, Instant startedAt) {
        long second = Math.clamp(startedAt.getEpochSecond() - EPOCH_2026, 0, 999_999_999);
        return (Math.min(release, 8_999) * 1_000L + Math.min(delivery, 999)) * 1_000_000_000L + second;
    }

    /** The release that an attempt number belongs to. */
    public static int releaseOf(long attempt) {
        return (int) (attempt / 1_000_000_000_000L);
    }

    /**
     * The job after this report, or empty where the report does not count: the job is finished, or a newer attempt
     * has reported already. Repeats of one report change nothing but {@code updatedAt}.
     */
    public Optional<Job> apply(JobReport report) {
        if (status.finished() || report.attempt() < attempt) {
            return Optional.empty();
        }
        Instant at = report.at();
        return Optional.of(
                switch (report.kind()) {
                    case STARTED -> running(report, report.attempt() > attempt ? 0 : progress, at);
                    case PROGRESS ->
                        running(
                                report,
                                report.attempt() > attempt ? report.progress() : Math.max(progress, report.progress()),
                                startedAt == null || report.attempt() > attempt ? at : startedAt);
                    case COMPLETED -> finished(report, JobStatus.COMPLETED, 100, null);
                    case FAILED -> finished(report, JobStatus.FAILED, progress, report.error());
                    case STOPPED -> this;
                });
    }

    private Job running(JobReport report, int newProgress, Instant started) {
        return new Job(
                JobStatus.RUNNING,
                release,
                report.attempt(),
                newProgress,
                report.stage(),
                queuedAt,
                releasedAt,
                started,
                report.at(),
                null,
                null,
                lost);
    }

    private Job finished(JobReport report, JobStatus end, int newProgress, @Nullable JobError newError) {
        return new Job(
                end,
                release,
                report.attempt(),
                newProgress,
                "",
                queuedAt,
                releasedAt,
                startedAt == null ? report.at() : startedAt,
                report.at(),
                report.at(),
                newError,
                lost);
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("cannot " + what + " a job that is " + status);
        }
    }
}
