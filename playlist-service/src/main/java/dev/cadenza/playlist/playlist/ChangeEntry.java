package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.playlist.track.Track;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Puts another track into an entry, or the entry into another playlist; it keeps its number. It is in the new playlist
 * before it leaves the old one: {@link SettleEntry} finishes what died between.
 */
public final class ChangeEntry {

    private final Playlists playlists;
    private final Clock clock;

    public ChangeEntry(Playlists playlists, Clock clock) {
        this.playlists = playlists;
        this.clock = clock;
    }

    /**
     * The playlist in which the entry is then. Fails with {@link Failure.NotFound} or {@link Failure.Forbidden} when one of
     * the playlists is not the user's to write, with {@link Failure.Conflict} when the track is in it already or no more
     * fit.
     *
     * @param track that the user may see
     */
    public Mono<Versioned<Playlist>> change(FindEntry.Placed placed, UUID user, UUID playlistId, Track track) {
        long number = placed.entry().number();
        UUID from = placed.playlist().id();
        if (from.equals(playlistId)) {
            return playlists.change(
                    from, playlist -> playlist.open(user, Permission.WRITE).replace(number, track, now()));
        }
        return Mono.fromRunnable(() -> placed.playlist().state().open(user, Permission.WRITE))
                .then(Mono.defer(() -> playlists.change(
                        playlistId,
                        playlist -> playlist.open(user, Permission.WRITE).add(track, number, now()))))
                .flatMap(moved -> playlists
                        .change(from, playlist -> playlist.drop(number, now()))
                        .onErrorResume(Absence::isPlaylists, gone -> Mono.empty())
                        .thenReturn(moved));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
