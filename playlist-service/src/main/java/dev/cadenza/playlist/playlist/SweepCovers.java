package dev.cadenza.playlist.playlist;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes pictures that no playlist shows: what a crash has left between storing and telling. */
public final class SweepCovers {

    private static final Logger LOG = LoggerFactory.getLogger(SweepCovers.class);
    private static final int BATCH = 200;

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
        return Flux.defer(() -> covers.storedBefore(clock.instant().minus(settings.orphanAge())))
                // what is none of ours is left alone
                .filter(file -> CoverFile.playlist(file).isPresent())
                .buffer(BATCH)
                .concatMap(this::orphans)
                .concatMap(file -> covers.delete(file).thenReturn(file))
                .doOnNext(file -> LOG.info("removed a picture that no playlist shows: {}", file))
                .count();
    }

    private Flux<String> orphans(List<String> files) {
        Set<UUID> ids = files.stream()
                .flatMap(file -> CoverFile.playlist(file).stream())
                .collect(Collectors.toSet());
        return playlists
                .find(ids)
                .mapNotNull(playlist -> playlist.state().cover())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet())
                .flatMapIterable(shown ->
                        files.stream().filter(file -> !shown.contains(file)).toList());
    }
}
