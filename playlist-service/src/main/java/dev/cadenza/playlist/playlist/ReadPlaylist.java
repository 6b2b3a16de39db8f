package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A playlist with its tracks. */
public final class ReadPlaylist {

    private final Playlists playlists;
    private final Tracks tracks;
    private final Clock clock;

    public ReadPlaylist(Playlists playlists, Tracks tracks, Clock clock) {
        this.playlists = playlists;
        this.tracks = tracks;
        this.clock = clock;
    }

    /**
     * A track in a playlist.
     *
     * @param number of the entry
     * @param position among those that are shown, from 1
     */
    public record Row(Track track, long number, int position, Instant addedAt) {}

    /**
     * A playlist, and those of its tracks that the viewer may see.
     *
     * @param orderVersion as in {@link Playlist#orderVersion}
     */
    public record Contents(Versioned<Playlist> playlist, List<Row> rows, String orderVersion) {}

    /**
     * Fails with {@link Failure.NotFound} when it is absent or somebody else's private one.
     *
     * @param viewer null: somebody without an identity
     */
    public Mono<Contents> read(UUID id, @Nullable UUID viewer) {
        return FindPlaylist.visible(playlists, id, viewer).flatMap(playlist -> contents(playlist, viewer));
    }

    /** The one that a link with this token opens. Fails with {@link Failure.NotFound} when none does. */
    public Mono<Contents> shared(String token, @Nullable UUID viewer) {
        return Mono.fromSupplier(() -> Hashes.sha256(token))
                .flatMap(hash -> playlists
                        .sharedAs(hash)
                        .filter(playlist -> playlist.state().openedBy(hash, clock.instant())))
                .switchIfEmpty(Mono.error(FindPlaylist::absent))
                .flatMap(playlist -> contents(playlist, viewer));
    }

    private Mono<Contents> contents(Versioned<Playlist> playlist, @Nullable UUID viewer) {
        return tracks.find(playlist.state().order(viewer))
                .filter(track -> track.visibleTo(viewer))
                .collectMap(Track::id)
                .map(visible -> new Contents(
                        playlist,
                        rows(playlist.state(), visible),
                        playlist.state().orderVersion(viewer)));
    }

    private static List<Row> rows(Playlist playlist, Map<UUID, Track> visible) {
        List<Row> rows = new ArrayList<>();
        for (Playlist.Entry entry : playlist.entries()) {
            Track track = visible.get(entry.trackId());
            if (track != null) {
                rows.add(new Row(track, entry.number(), rows.size() + 1, entry.addedAt()));
            }
        }
        return rows;
    }
}
