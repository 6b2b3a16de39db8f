package dev.cadenza.contracts.generation.v1;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A generation after a change.
 *
 * @param generationId internal id; {@code publicId} is what the musicgen dialect shows ({@code gen_…})
 * @param trackId public id of the generated song ({@code track_…}); null before completion
 * @param status {@code queued}, {@code processing}, {@code completed}, {@code failed}, {@code cancelled} or
 *     {@code deleted}
 * @param engine name and version of the model that made it; null before completion
 */
public record GenerationSnapshot(
        UUID generationId,
        String publicId,
        @Nullable String trackId,
        UUID ownerId,
        String title,
        String status,
        int progress,
        double durationSeconds,
        List<String> formats,
        @Nullable String engine,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant completedAt) {}
