package dev.cadenza.catalog.api.audionova;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cadenza.catalog.api.MediaAddresses;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A song, in every answer alike.
 *
 * @param user who uploaded it
 * @param duration hours, minutes and seconds
 * @param file absolute address; signed and expiring where the song is private
 * @param genre empty where there is none
 * @param writtenApart the same as {@code createdAt}: the document writes the key so in lists
 */
record SongJson(
        long id,
        String user,
        String title,
        String duration,
        String file,
        String genre,
        long playCount,
        long likeCount,
        @JsonProperty("public") boolean isPublic,
        Instant createdAt,
        @JsonProperty("created at") Instant writtenApart) {

    static SongJson of(Versioned<Track> track, MediaAddresses addresses) {
        Track state = track.state();
        String genre = state.details().genre();
        return new SongJson(
                track.requireNumber(),
                state.ownerUsername(),
                state.details().title(),
                duration(state.audio().durationSeconds()),
                addresses.audio(track),
                genre == null ? "" : genre,
                state.counts().plays(),
                state.counts().likes(),
                state.details().isPublic(),
                state.createdAt(),
                state.createdAt());
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%02d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** How the description shows what is uploaded. */
    record Upload(
            @io.swagger.v3.oas.annotations.media.Schema(type = "string", format = "binary")
            String file,

            String title,
            @Nullable String genre,
            @JsonProperty("public") @Nullable Boolean isPublic) {}

    /** How it shows a change. */
    record Update(
            @Nullable String title,
            @Nullable String genre,
            @JsonProperty("public") @Nullable Boolean isPublic) {}
}
