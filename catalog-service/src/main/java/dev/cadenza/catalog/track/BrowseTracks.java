package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lists and searches tracks. */
@Component
public final class BrowseTracks {

    private final Tracks tracks;

    BrowseTracks(Tracks tracks) {
        this.tracks = tracks;
    }

    /** What matches and the filter's viewer may see. */
    public Mono<Page<Versioned<Track>>> browse(TrackFilter filter, TrackOrder order, Paging paging) {
        return tracks.browse(filter, order, paging);
    }
}
