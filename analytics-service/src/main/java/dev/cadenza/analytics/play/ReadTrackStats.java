package dev.cadenza.analytics.play;

import dev.cadenza.analytics.track.FindTrack;
import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Numbers about a track, for everybody who may see it. */
public final class ReadTrackStats {

    private final FindTrack findTrack;
    private final Plays plays;

    public ReadTrackStats(FindTrack findTrack, Plays plays) {
        this.findTrack = findTrack;
        this.plays = plays;
    }

    /** Fails with {@link Failure.NotFound} when {@code viewer} may not see the track. */
    public Mono<TrackStats> read(UUID trackId, @Nullable UUID viewer) {
        return findTrack.find(trackId, viewer).flatMap(track -> plays.stats(trackId));
    }
}
