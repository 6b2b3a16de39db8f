package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lists and searches tracks. */
@Component
public final class BrowseTracks {

    private final TrackIndex index;
    private final Tracks tracks;

    BrowseTracks(TrackIndex index, Tracks tracks) {
        this.index = index;
        this.tracks = tracks;
    }

    /** What matches and the filter's viewer may see. */
    public Mono<Page<Versioned<Track>>> browse(TrackFilter filter, TrackOrder order, Paging paging) {
        return index.find(filter, order, paging)
                .flatMap(page -> tracks.all(page.items())
                        // the index may not have heard yet that a track is private or gone
                        .filter(track -> track.state().visibleTo(filter.viewer()))
                        .collectMap(Versioned::id)
                        .map(page::found));
    }
}
