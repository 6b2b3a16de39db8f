package dev.cadenza.contracts.processing.v1;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A processing job after a change.
 *
 * @param service {@code vocal}, {@code denoise}, {@code boost} or {@code speaker}
 * @param status {@code pending}, {@code processing}, {@code completed}, {@code error} or {@code deleted}
 */
public record ProcessingFileSnapshot(
        UUID fileId,
        long number,
        UUID ownerId,
        String service,
        String filename,
        String status,
        int progress,
        @Nullable String engine,
        @Nullable String error,
        Instant uploadedAt,
        @Nullable Instant processedAt) {}
