package dev.cadenza.playlist.playlist;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Removes pictures that no playlist shows: what a crash has left between storing and telling. */
public final class SweepCovers {

    private static final Logger LOG = LoggerFactory.getLogger(SweepCovers.class);

    private final Covers covers;
    private final Playlists playlists;
    private final CoverSettings settings;
    private final Clock clock;

    public SweepCovers(Covers covers, Playlists playlists, CoverSettings settings, Clock clock) {
        this.covers = covers;
        this.playlists = playlists;
        this.settings = settings;
        this.clock = clock;
    }

    /** One round; how many were removed. */
    public Mono<Long> sweep() {
        return covers.deleteOrphans(
                        clock.instant().minus(settings.orphanAge()),
                        ids -> playlists
                                .find(ids)
                                .mapNotNull(playlist -> playlist.state().cover()))
                .doOnNext(file -> LOG.info("removed a picture that no playlist shows: {}", file))
                .count();
    }
}
