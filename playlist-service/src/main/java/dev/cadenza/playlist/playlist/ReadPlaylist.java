package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A playlist with its tracks. */
public final class ReadPlaylist {

    private final Playlists playlists;
    private final Tracks tracks;

    public ReadPlaylist(Playlists playlists, Tracks tracks) {
        this.playlists = playlists;
        this.tracks = tracks;
    }

    /**
     * A track in a playlist.
     *
     * @param position in the playlist, from 1
     */
    public record Row(Track track, int position, Instant addedAt) {}

    /** A playlist, and those of its tracks that the viewer may see. */
    public record Contents(Versioned<Playlist> playlist, List<Row> rows) {}

    /** Fails with {@link Failure.NotFound} when it is absent or somebody else's private one. */
    public Mono<Contents> read(UUID id, UUID viewer) {
        return FindPlaylist.visible(playlists, id, viewer)
                .flatMap(playlist -> tracks.find(playlist.state().entries().stream()
                                .map(Playlist.Entry::trackId)
                                .toList())
                        .filter(track -> track.visibleTo(viewer))
                        .collectMap(Track::id)
                        .map(visible -> new Contents(playlist, rows(playlist.state(), visible))));
    }

    private static List<Row> rows(Playlist playlist, Map<UUID, Track> visible) {
        List<Row> rows = new ArrayList<>();
        int position = 0;
        for (Playlist.Entry entry : playlist.entries()) {
            position++;
            Track track = visible.get(entry.trackId());
            if (track != null) {
                rows.add(new Row(track, position, entry.addedAt()));
            }
        }
        return rows;
    }
}
