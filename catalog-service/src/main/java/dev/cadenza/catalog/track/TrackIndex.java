package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Finds tracks by what is said about them. May lag behind the tracks a little: whoever shows them looks again. */
public interface TrackIndex {

    /**
     * Ids of what matches and may be seen, in order. What this process wrote is known; fails with {@code
     * Failure.Unavailable} before everything is known for the first time.
     */
    Mono<Page<UUID>> find(TrackFilter filter, TrackOrder order, Paging paging);
}
