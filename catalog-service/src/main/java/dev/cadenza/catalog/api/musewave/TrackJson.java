package dev.cadenza.catalog.api.musewave;

import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.track.LinkedAudio;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackNotes;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of tracks.
 *
 * @param albumId null where it is in no album that the viewer sees
 * @param audioUrl the owner's link, else our own address, which is signed and expires while the track is not published
 * @param waveformData address of the peaks; null before they are made
 * @param shares nothing counts them
 */
record TrackJson(
        UUID id,
        UUID userId,
        @Nullable UUID albumId,
        String title,
        String artist,
        String artistSlug,
        @Nullable String description,
        @Nullable String genre,
        @Nullable String mood,
        List<String> tags,
        String audioUrl,
        long audioFileSize,
        double audioDuration,
        String audioFormat,
        @Nullable String coverUrl,
        @Nullable String coverGradient,
        @Nullable String waveformData,
        @Nullable Number bpm,
        @Nullable String key,
        long plays,
        long likes,
        long downloads,
        long shares,
        boolean published,
        @Nullable Instant publishedAt,
        Instant createdAt,
        Instant updatedAt) {

    static TrackJson of(Versioned<Track> track, @Nullable UUID albumId, MediaAddresses addresses) {
        Track state = track.state();
        TrackDetails details = state.details();
        TrackNotes notes = details.notes();
        return new TrackJson(
                track.id(),
                state.ownerId(),
                albumId,
                details.title(),
                details.artist(),
                details.artistSlug(),
                notes.description(),
                details.genre(),
                notes.mood(),
                notes.tags(),
                state.link() == null ? addresses.audio(track) : state.link(),
                state.audio().fileSize(),
                Math.round(state.audio().durationSeconds() * 1000) / 1000.0,
                state.audio().format(),
                addresses.cover(track),
                notes.coverGradient(),
                addresses.waveform(track),
                whole(state.bpm()),
                state.key(),
                state.counts().plays(),
                state.counts().likes(),
                state.counts().downloads(),
                0,
                details.isPublic(),
                state.publishedAt(),
                state.createdAt(),
                state.updatedAt());
    }

    /** What clients know as a whole number stays one. */
    private static @Nullable Number whole(@Nullable Double bpm) {
        if (bpm != null && bpm == Math.rint(bpm)) {
            return bpm.longValue();
        }
        return bpm;
    }

    /** What a body says about a track. */
    static TrackDetails.Change change(Body body) {
        return new TrackDetails.Change(
                body.text("title"),
                body.text("artist"),
                null,
                body.text("genre"),
                null,
                body.flag("published"),
                new TrackNotes.Change(
                        body.text("description"),
                        body.text("mood"),
                        body.texts("tags"),
                        body.text("artist_slug"),
                        body.number("bpm"),
                        body.text("key"),
                        body.text("cover_url"),
                        body.text("cover_gradient")));
    }

    /** What a body says about audio that is kept elsewhere. */
    static LinkedAudio audio(Body body) {
        return new LinkedAudio(
                body.text("audio_url"),
                body.whole("audio_file_size"),
                body.removes("audio_duration") ? null : body.number("audio_duration"),
                body.text("audio_format"));
    }

    /** How the description shows a creation; what is read is a map, since null is not the same as nothing. */
    record Creation(
            @Nullable UUID userId,
            String title,
            @Nullable String artist,
            @Nullable String artistSlug,
            @Nullable String description,
            @Nullable String genre,
            @Nullable String mood,
            @Nullable List<String> tags,
            String audioUrl,
            @Nullable Long audioFileSize,
            @Nullable Double audioDuration,
            @Nullable String audioFormat,
            @Nullable String coverUrl,
            @Nullable String coverGradient,
            @Nullable Double bpm,
            @Nullable String key,
            @Nullable Boolean published) {}

    /** How it shows a change. */
    record Change(
            @Nullable String title,
            @Nullable String artist,
            @Nullable String artistSlug,
            @Nullable String description,
            @Nullable String genre,
            @Nullable String mood,
            @Nullable List<String> tags,
            @Nullable String audioUrl,
            @Nullable Long audioFileSize,
            @Nullable Double audioDuration,
            @Nullable String audioFormat,
            @Nullable String coverUrl,
            @Nullable String coverGradient,
            @Nullable Double bpm,
            @Nullable String key,
            @Nullable Boolean published) {}
}
