package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.track.StorageQuota;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackNotes;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.web.VezaPages;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A track as the dialect shows it, in every answer alike.
 *
 * @param duration whole seconds, rounded
 * @param coverUrl absolute, as is {@code waveformUrl}
 */
record TrackJson(
        UUID id,
        UUID userId,
        String title,
        String artist,
        @Nullable String album,
        long duration,
        double durationSeconds,
        String format,
        long fileSize,
        int bitrate,
        int sampleRate,
        int channels,
        @Nullable String genre,
        @Nullable Integer year,
        boolean isPublic,
        String status,
        @Nullable String statusMessage,
        @Nullable Loudness loudness,
        @Nullable Double bpm,
        @Nullable String key,
        @Nullable String description,
        @Nullable String mood,
        List<String> tags,
        @Nullable String coverUrl,
        @Nullable String waveformUrl,
        long likeCount,
        long playCount,
        long downloadCount,
        String streamUrl,
        String downloadUrl,
        @Nullable String hlsUrl,
        Instant createdAt,
        Instant updatedAt) {

    /** EBU R128; null components for silence. */
    record Loudness(
            @Nullable Double integrated,
            double range,
            @Nullable Double truePeak) {}

    record One(TrackJson track) {}

    record Many(List<TrackJson> tracks, VezaPages.Pagination pagination) {}

    record Status(String status, int progress, @Nullable String message) {}

    record Quota(Usage quota) {
        static Quota of(StorageQuota.Usage usage) {
            double percentage = usage.limit() == 0 ? 100 : Math.round(1000.0 * usage.used() / usage.limit()) / 10.0;
            return new Quota(new Usage(usage.used(), usage.limit(), usage.remaining(), percentage));
        }
    }

    record Usage(long used, long limit, long remaining, double percentageUsed) {}

    /** Body of an update; what is left out stays as it is. */
    record Update(
            @Nullable String title,
            @Nullable String artist,
            @Nullable String album,
            @Nullable String genre,
            @Nullable Integer year,
            @Nullable Boolean isPublic,
            @Nullable String description,
            @Nullable String mood,
            @Nullable List<String> tags,
            @Nullable Double bpm,
            @Nullable String key,
            @Nullable String coverUrl) {
        TrackDetails.Change change() {
            return new TrackDetails.Change(
                    title,
                    artist,
                    album,
                    genre,
                    year,
                    isPublic,
                    new TrackNotes.Change(description, mood, tags, null, bpm, key, coverUrl, null));
        }
    }

    /** With {@code query} at the end of every address of its audio. */
    static TrackJson of(Versioned<Track> track, String query, MediaAddresses addresses) {
        Track state = track.state();
        TrackDetails details = state.details();
        Loudness loudness = state.loudness() == null
                ? null
                : new Loudness(
                        state.loudness().integratedLufs(),
                        state.loudness().rangeLu(),
                        state.loudness().truePeakDbtp());
        String base = "/api/v1/tracks/" + track.id();
        return new TrackJson(
                track.id(),
                state.ownerId(),
                details.title(),
                details.artist(),
                details.album(),
                Math.round(state.audio().durationSeconds()),
                Math.round(state.audio().durationSeconds() * 1000) / 1000.0,
                state.audio().format(),
                state.audio().fileSize(),
                state.audio().bitrateKbps(),
                state.audio().sampleRate(),
                state.audio().channels(),
                details.genre(),
                details.year(),
                details.isPublic(),
                state.status().word(),
                state.failure(),
                loudness,
                state.bpm(),
                state.key(),
                details.notes().description(),
                details.notes().mood(),
                details.notes().tags(),
                addresses.cover(track),
                addresses.waveform(track),
                state.counts().likes(),
                state.counts().plays(),
                state.counts().downloads(),
                base + "/stream" + query,
                base + "/download" + query,
                state.link() == null ? base + "/hls/master.m3u8" + query : null,
                state.createdAt(),
                state.updatedAt());
    }
}
