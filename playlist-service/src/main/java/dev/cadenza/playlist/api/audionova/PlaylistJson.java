package dev.cadenza.playlist.api.audionova;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.api.CoverAddresses;
import dev.cadenza.playlist.playlist.Playlist;
import dev.cadenza.playlist.playlist.ReadPlaylist;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A playlist, in every answer alike.
 *
 * @param user who made it
 * @param coverImage absolute address, signed and expiring where the playlist is private; null where it has no picture
 */
record PlaylistJson(
        long id,
        String user,
        String name,
        boolean isPublic,
        @Nullable String coverImage,
        Instant createdAt) {

    static PlaylistJson of(Versioned<Playlist> playlist, CoverAddresses covers) {
        Playlist state = playlist.state();
        return new PlaylistJson(
                playlist.requireNumber(),
                state.ownerUsername(),
                state.title(),
                state.isPublic(),
                covers.of(playlist),
                state.createdAt());
    }

    /** A playlist with its songs. */
    record Details(
            long id,
            String user,
            String name,
            boolean isPublic,
            @Nullable String coverImage,
            Instant createdAt,
            List<Song> songs) {
        static Details of(ReadPlaylist.Contents contents, CoverAddresses covers) {
            PlaylistJson playlist = PlaylistJson.of(contents.playlist(), covers);
            return new Details(
                    playlist.id(),
                    playlist.user(),
                    playlist.name(),
                    playlist.isPublic(),
                    playlist.coverImage(),
                    playlist.createdAt(),
                    contents.rows().stream().map(Song::of).toList());
        }
    }

    /**
     * A song of a playlist.
     *
     * @param playlistSong id of the relation
     * @param duration hours, minutes and seconds
     */
    record Song(long id, long playlistSong, String user, String title, String genre, String duration) {
        static Song of(ReadPlaylist.Row row) {
            long whole = Math.round(row.track().durationSeconds());
            String genre = row.track().genre();
            return new Song(
                    row.track().number(),
                    row.number(),
                    row.track().ownerUsername(),
                    row.track().title(),
                    genre == null ? "" : genre,
                    String.format(Locale.ROOT, "%02d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60));
        }
    }

    /** A song in a playlist, both by name. */
    record Relation(long id, String playlist, String song) {}

    /** How the description shows what is sent. */
    record Upload(
            String name,
            @Nullable Boolean isPublic,

            @io.swagger.v3.oas.annotations.media.Schema(type = "string", format = "binary") @Nullable
            String coverImage) {}

    /** How it shows a relation that is sent. */
    record Named(String playlist, String song) {}
}
