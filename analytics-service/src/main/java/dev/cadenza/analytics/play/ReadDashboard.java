package dev.cadenza.analytics.play;

import dev.cadenza.analytics.track.FindTrack;
import dev.cadenza.platform.core.Failure;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The dashboard of a track, for its owner and administrators. */
public final class ReadDashboard {

    private final FindTrack findTrack;
    private final Dashboards dashboards;

    public ReadDashboard(FindTrack findTrack, Dashboards dashboards) {
        this.findTrack = findTrack;
        this.dashboards = dashboards;
    }

    /**
     * Fails with {@link Failure.NotFound} when the user may not see the track, with {@link Failure.Forbidden} when it is
     * somebody else's public one. Administrators see every track's.
     */
    public Mono<Dashboard> read(UUID trackId, UUID user, boolean admin) {
        return (admin ? findTrack.findAny(trackId) : findTrack.find(trackId, user))
                .filter(track -> admin || track.ownerId().equals(user))
                .switchIfEmpty(Mono.error(
                        () -> Failure.forbidden("track.not_yours", "Only the owner sees the analytics of a track.")))
                .flatMap(track -> dashboards.of(track.id()));
    }
}
