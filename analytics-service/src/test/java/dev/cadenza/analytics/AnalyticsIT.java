package dev.cadenza.analytics;

import dev.cadenza.analytics.track.Track;
import dev.cadenza.analytics.track.Tracks;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.MovableClock;
import dev.cadenza.platform.testing.ServiceIT;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The service, with a clock that the tests move. */
@Import(MovableClock.class)
public abstract class AnalyticsIT extends ServiceIT {

    @Autowired
    protected Tracks tracks;

    @Autowired
    protected MovableClock clock;

    /** A track of 100 seconds that the catalog told of. */
    protected UUID track(User owner, boolean isPublic) {
        return track(owner, "Song", isPublic);
    }

    /** One with this title. */
    protected UUID track(User owner, String title, boolean isPublic) {
        UUID id = Ids.next();
        tracks.store(new Track(id, owner.id(), title, 100, isPublic), 1).block();
        return id;
    }
}
