package dev.cadenza.analytics.play;

import dev.cadenza.analytics.track.FindTrack;
import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Numbers about a track with those of each day, for everybody who may see it. */
public final class ReadDailyStats {

    private final FindTrack findTrack;
    private final Dashboards dashboards;

    public ReadDailyStats(FindTrack findTrack, Dashboards dashboards) {
        this.findTrack = findTrack;
        this.dashboards = dashboards;
    }

    /** Fails with {@link Failure.NotFound} when {@code viewer} may not see the track. */
    public Mono<Dashboard> read(UUID trackId, @Nullable UUID viewer) {
        return findTrack.find(trackId, viewer).flatMap(track -> dashboards.of(trackId));
    }
}
