package dev.cadenza.contracts.jobs.v1;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says about a job.
 *
 * @param kind {@code started}, {@code progress}, {@code completed}, {@code failed} or {@code stopped}
 * @param progress 0 to 100
 * @param result facts about the stored result, JSON values only; empty unless completed
 * @param errorCode stable code; null unless failed
 */
public record JobReported(
        UUID jobId,
        long attempt,
        String kind,
        int progress,
        String stage,
        Map<String, Object> result,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        String worker,
        Instant at) {}
