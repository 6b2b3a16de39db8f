package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Change;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A track is gone: it leaves every playlist. Harmless to repeat. */
public final class ForgetTrack {

    private final Playlists playlists;
    private final Clock clock;

    public ForgetTrack(Playlists playlists, Clock clock) {
        this.playlists = playlists;
        this.clock = clock;
    }

    /** Completes when no playlist has it any more. */
    public Mono<Void> forget(UUID trackId) {
        return playlists
                .containing(trackId)
                .concatMap(id -> playlists.change(
                        id,
                        playlist -> playlist.contains(trackId)
                                ? playlist.remove(trackId, clock.instant().truncatedTo(ChronoUnit.MILLIS))
                                : Change.of(playlist)))
                .then();
    }
}
