package dev.cadenza.playlist.playlist;

import dev.cadenza.playlist.track.Track;
import dev.cadenza.playlist.track.Tracks;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Tells playlists what became of a track: one that is gone leaves them, one that is private is its owner's alone until it
 * is public again. Called when the catalog tells of it, and when it was added: whatever happens at the same moment, the
 * later of the two sees the other. Harmless to repeat.
 */
public final class SettleTrack {

    private final Playlists playlists;
    private final Tracks tracks;
    private final Clock clock;

    public SettleTrack(Playlists playlists, Tracks tracks, Clock clock) {
        this.playlists = playlists;
        this.tracks = tracks;
        this.clock = clock;
    }

    /** Completes when every playlist has it as it is, or not at all. */
    public Mono<Void> settle(UUID trackId) {
        return tracks.find(trackId)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMapMany(current -> playlists
                        .unsettled(trackId, current.orElse(null))
                        .concatMap(id -> settle(id, trackId, current)))
                .then();
    }

    private Mono<Void> settle(UUID id, UUID trackId, Optional<Track> current) {
        return playlists
                .change(
                        id,
                        playlist -> playlist.settle(
                                trackId, current.orElse(null), clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .then()
                .onErrorResume(Absence::isPlaylists, gone -> Mono.empty());
    }
}
