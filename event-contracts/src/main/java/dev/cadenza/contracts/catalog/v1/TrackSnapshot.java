package dev.cadenza.contracts.catalog.v1;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A track after a change.
 *
 * @param status {@code processing}, {@code completed} or {@code failed}
 * @param durationSeconds length of the audio, at least 0
 * @param format {@code mp3}, {@code wav}, {@code flac}, {@code ogg} or {@code m4a}
 * @param fileSize bytes
 * @param integratedLufs EBU R128 integrated loudness; null before it is measured and for silence
 * @param failure why processing failed; null otherwise
 */
public record TrackSnapshot(
        UUID trackId,
        long number,
        UUID ownerId,
        String ownerUsername,
        String title,
        String artist,
        @Nullable String album,
        @Nullable String genre,
        @Nullable Integer year,
        double durationSeconds,
        String format,
        long fileSize,
        @Nullable Double integratedLufs,
        boolean isPublic,
        String status,
        @Nullable String failure,
        Instant createdAt) {}
