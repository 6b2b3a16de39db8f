package dev.cadenza.catalog.track;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes bytes that no track has, and those of tracks that failed. */
@Component
public final class SweepTrackFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SweepTrackFiles.class);
    private static final int BATCH = 200;

    private final Tracks tracks;
    private final TrackFiles files;
    private final TrackSettings settings;
    private final Clock clock;

    SweepTrackFiles(Tracks tracks, TrackFiles files, TrackSettings settings, Clock clock) {
        this.tracks = tracks;
        this.files = files;
        this.settings = settings;
        this.clock = clock;
    }

    /** How many were removed. */
    public Mono<Long> sweep() {
        return Flux.defer(() -> files.storedBefore(
                        clock.instant().minus(settings.sweep().orphanAge())))
                .buffer(BATCH)
                .concatMap(this::orphans)
                .concatMap(id -> files.delete(id).thenReturn(id))
                .doOnNext(id -> LOG.info("removed bytes without a track: {}", id))
                .count();
    }

    private Flux<UUID> orphans(List<UUID> stored) {
        return tracks.kept(stored)
                .collect(HashSet<UUID>::new, Set::add)
                .flatMapIterable(kept -> stored.stream()
                        .filter(id -> !kept.contains(id))
                        .distinct()
                        .toList());
    }
}
