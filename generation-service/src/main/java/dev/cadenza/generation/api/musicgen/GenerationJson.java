package dev.cadenza.generation.api.musicgen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadenza.generation.generation.Generation;
import dev.cadenza.generation.generation.GenerationStatus;
import dev.cadenza.generation.generation.ListGenerations.Listed;
import dev.cadenza.generation.generation.Song;
import dev.cadenza.generation.generation.Standing;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.JobError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies about generations. */
final class GenerationJson {

    private GenerationJson() {}

    /** Answer to a request for a song. */
    record Accepted(
            String generationId,
            String taskId,
            String status,
            @Nullable Instant estimatedCompletionTime,
            int queuePosition,
            long seed,
            AcceptedPreview trackPreview) {

        static Accepted of(Standing standing) {
            Generation state = standing.generation().state();
            return new Accepted(
                    state.publicId(),
                    state.taskId(),
                    state.status().word(),
                    standing.estimatedCompletion(),
                    standing.queuePosition(),
                    state.request().wish().seed(),
                    new AcceptedPreview(
                            state.request().wish().title(),
                            Math.round(state.durationSeconds()),
                            words(state.request().formats())));
        }
    }

    record AcceptedPreview(String title, long estimatedDuration, List<String> formats) {}

    /** Where a generation stands. */
    record Status(
            String generationId,
            String taskId,
            String status,
            int progress,
            String stage,
            int queuePosition,
            long estimatedTimeRemaining,
            @Nullable Instant estimatedCompletionTime,
            Instant createdAt,
            @Nullable Instant startedAt,
            Instant updatedAt,
            @Nullable Instant completedAt,
            StatusPreview trackPreview,
            QualityMetrics qualityMetrics,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String trackId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            SongJson result,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<AudioFile> audioFiles,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Problem error,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String retryOf) {

        static Status of(Standing standing, DownloadUrls urls, Instant now) {
            Generation state = standing.generation().state();
            Song song = state.song();
            JobError error = state.error();
            Instant end = standing.estimatedCompletion();
            List<SongFormat> there = song == null
                    ? List.of()
                    : song.files().stream().map(Song.File::format).toList();
            boolean coming = state.status() == GenerationStatus.QUEUED || state.status() == GenerationStatus.PROCESSING;
            return new Status(
                    state.publicId(),
                    state.taskId(),
                    state.status().word(),
                    state.job().progress(),
                    state.job().stage(),
                    standing.queuePosition(),
                    end == null ? 0 : Math.max(0, Duration.between(now, end).toSeconds()),
                    end,
                    state.createdAt(),
                    state.job().startedAt(),
                    state.job().updatedAt(),
                    finished(state),
                    new StatusPreview(
                            state.request().wish().title(),
                            Math.round(state.durationSeconds()),
                            words(there),
                            coming ? words(state.request().formats()) : List.of()),
                    song == null
                            ? new QualityMetrics(null, null, null)
                            : new QualityMetrics(
                                    song.melodicCoherence(), song.harmonicConsistency(), song.audioQuality()),
                    song == null ? null : state.trackId(),
                    song == null ? null : SongJson.of(song),
                    song == null ? null : AudioFile.of(state.trackId(), song, urls),
                    error == null ? null : new Problem(error.code(), error.message()),
                    state.retryOf());
        }
    }

    record StatusPreview(String title, long duration, List<String> formatsAvailable, List<String> formatsProcessing) {}

    /** Measured on the result; null before there is one. */
    record QualityMetrics(
            @Nullable Double melodicCoherence,
            @Nullable Double harmonicConsistency,
            @Nullable Double audioQuality) {}

    record Problem(String code, String message) {}

    /** What the song is. */
    record SongJson(
            String engine,
            String engineVersion,
            long seed,
            String genre,
            String mood,
            int tempo,
            String key,
            String timeSignature,
            double duration,
            List<String> instruments,
            List<Song.Part> sections,
            double integratedLufs,
            double truePeakDbtp,
            boolean instrumental,
            List<String> remarks) {

        static SongJson of(Song song) {
            return new SongJson(
                    song.engine(),
                    song.engineVersion(),
                    song.seed(),
                    song.genre(),
                    song.mood(),
                    song.tempo(),
                    song.key(),
                    song.meter(),
                    song.durationSeconds(),
                    song.instruments(),
                    song.sections(),
                    song.loudnessLufs(),
                    song.truePeakDbtp(),
                    true,
                    song.remarks());
        }
    }

    /** A file to download; numbers that a format does not have are left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AudioFile(
            String format,
            String url,
            long sizeBytes,
            @Nullable Integer bitDepth,
            @Nullable Integer sampleRate,
            @Nullable Integer bitrateKbps,
            @Nullable Integer trackCount,
            @Nullable Double duration) {

        static List<AudioFile> of(String trackId, Song song, DownloadUrls urls) {
            return song.files().stream()
                    .map(file -> new AudioFile(
                            file.format().word(),
                            urls.signed(trackId, file.format()),
                            file.size(),
                            file.bitDepth(),
                            file.sampleRate(),
                            file.bitrateKbps(),
                            file.trackCount(),
                            file.format() == SongFormat.MIDI ? null : song.durationSeconds()))
                    .toList();
        }
    }

    /** The list. */
    record Listing(List<Row> generations, Pagination pagination, Summary summary) {

        static Listing of(Listed listed, DownloadUrls urls) {
            Page<Versioned<Generation>> page = listed.page();
            return new Listing(
                    page.items().stream().map(row -> Row.of(row.state(), urls)).toList(),
                    new Pagination(
                            page.total(),
                            page.paging().limit(),
                            page.paging().offset(),
                            page.paging().offset() + page.items().size() < page.total()),
                    Summary.of(listed.counts()));
        }
    }

    record Row(
            String generationId,
            String title,
            String status,
            long duration,
            String genre,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant completedAt,
            List<String> formatsAvailable,
            @Nullable String previewUrl,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String trackId) {

        static Row of(Generation state, DownloadUrls urls) {
            Song song = state.song();
            return new Row(
                    state.publicId(),
                    state.request().wish().title(),
                    state.status().word(),
                    Math.round(state.durationSeconds()),
                    state.request().genre(),
                    state.createdAt(),
                    state.job().updatedAt(),
                    finished(state),
                    song == null
                            ? List.of()
                            : words(song.files().stream().map(Song.File::format).toList()),
                    song == null
                            ? null
                            : song.preview()
                                    .map(file -> urls.signed(state.trackId(), file.format()))
                                    .orElse(null),
                    song == null ? null : state.trackId());
        }
    }

    record Pagination(long total, int limit, long offset, boolean hasMore) {}

    record Summary(long totalGenerations, long queued, long processing, long completed, long failed, long cancelled) {

        static Summary of(Map<GenerationStatus, Long> counts) {
            return new Summary(
                    counts.values().stream().mapToLong(Long::longValue).sum(),
                    counts.getOrDefault(GenerationStatus.QUEUED, 0L),
                    counts.getOrDefault(GenerationStatus.PROCESSING, 0L),
                    counts.getOrDefault(GenerationStatus.COMPLETED, 0L),
                    counts.getOrDefault(GenerationStatus.FAILED, 0L),
                    counts.getOrDefault(GenerationStatus.CANCELLED, 0L));
        }
    }

    record CancelledJson(
            String generationId,
            String previousStatus,
            String newStatus,
            @Nullable Instant cancelledAt) {}

    record RetriedJson(String originalGenerationId, String newGenerationId, String status) {}

    private static @Nullable Instant finished(Generation state) {
        return state.status() == GenerationStatus.COMPLETED ? state.job().finishedAt() : null;
    }

    private static List<String> words(List<SongFormat> formats) {
        return formats.stream().map(SongFormat::word).toList();
    }
}
