package dev.cadenza.platform.core.job;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says about a job.
 *
 * @param attempt grows with every hand-over of the job to a worker; see {@link Job#apply}
 * @param progress 0 to 100
 * @param stage short word for a person, such as {@code rendering}; may be empty
 * @param result facts about the stored result, for {@link Kind#COMPLETED}; else empty
 * @param error for {@link Kind#FAILED}
 */
public record JobReport(
        UUID jobId,
        long attempt,
        Kind kind,
        int progress,
        String stage,
        Map<String, Object> result,
        @Nullable JobError error,
        String worker,
        Instant at) {

    /** What happened. */
    public enum Kind {
        STARTED,
        PROGRESS,
        COMPLETED,
        FAILED,
        /** The worker saw the cancellation and stopped. */
        STOPPED
    }
}
