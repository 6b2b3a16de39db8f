package dev.cadenza.social.webhook.messaging;

import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.contracts.generation.v1.GenerationSnapshot;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.contracts.processing.v1.ProcessingFileSnapshot;
import dev.cadenza.contracts.social.v1.CommentChanged;
import dev.cadenza.contracts.social.v1.LikeChanged;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver reads, in snake case. Apart from the contracts of the topics, because the receivers are other people's
 * programs: these keys may grow, never change.
 */
record WebhookBody(String type, Instant timestamp, Object data) {

    /** {@code track.*}; duration in whole seconds. */
    record TrackData(
            UUID id,
            String title,
            String artist,
            @Nullable String album,
            @Nullable String genre,
            @Nullable Integer year,
            long duration,
            String format,
            long fileSize,
            boolean isPublic,
            String status,
            @Nullable String failure,
            Instant createdAt) {
        static TrackData of(TrackSnapshot track) {
            return new TrackData(
                    track.trackId(),
                    track.title(),
                    track.artist(),
                    track.album(),
                    track.genre(),
                    track.year(),
                    Math.round(track.durationSeconds()),
                    track.format(),
                    track.fileSize(),
                    track.isPublic(),
                    track.status(),
                    track.failure(),
                    track.createdAt());
        }
    }

    /** {@code track.liked}, {@code track.unliked}. */
    record LikeData(UUID trackId, UUID userId, String username, Instant at) {
        static LikeData of(LikeChanged like) {
            return new LikeData(like.trackId(), like.userId(), like.username(), like.at());
        }
    }

    /** {@code comment.*}. */
    record CommentData(UUID id, UUID trackId, UUID userId, String username, String content, Instant at) {
        static CommentData of(CommentChanged comment) {
            return new CommentData(
                    comment.commentId(),
                    comment.trackId(),
                    comment.userId(),
                    comment.username(),
                    comment.content(),
                    comment.at());
        }
    }

    /** {@code playlist.*}; {@code track_id} is the one that was added or removed. */
    record PlaylistData(
            UUID id,
            String title,
            String description,
            boolean isPublic,
            int trackCount,
            @Nullable UUID trackId,
            Instant createdAt) {
        static PlaylistData of(PlaylistSnapshot playlist) {
            return new PlaylistData(
                    playlist.playlistId(),
                    playlist.title(),
                    playlist.description(),
                    playlist.isPublic(),
                    playlist.trackIds().size(),
                    playlist.changedTrackId(),
                    playlist.createdAt());
        }
    }

    /** {@code generation.*}; ids are those that the musicgen dialect shows. */
    record GenerationData(
            String generationId,
            @Nullable String trackId,
            String title,
            String status,
            int progress,
            double duration,
            List<String> formats,
            @Nullable String engine,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant completedAt) {
        static GenerationData of(GenerationSnapshot generation) {
            return new GenerationData(
                    generation.publicId(),
                    generation.trackId(),
                    generation.title(),
                    generation.status(),
                    generation.progress(),
                    generation.durationSeconds(),
                    generation.formats(),
                    generation.engine(),
                    generation.error(),
                    generation.createdAt(),
                    generation.completedAt());
        }
    }

    /** {@code processing.*}; {@code file_id} is the number that the processing dialect shows. */
    record ProcessingData(
            UUID id,
            long fileId,
            String service,
            String filename,
            String status,
            int progress,
            @Nullable String engine,
            @Nullable String error,
            Instant uploadedAt,
            @Nullable Instant processedAt) {
        static ProcessingData of(ProcessingFileSnapshot file) {
            return new ProcessingData(
                    file.fileId(),
                    file.number(),
                    file.service(),
                    file.filename(),
                    file.status(),
                    file.progress(),
                    file.engine(),
                    file.error(),
                    file.uploadedAt(),
                    file.processedAt());
        }
    }
}
