package dev.cadenza.catalog.playback;

import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.Tracks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes renditions that were made long ago, and those of tracks that are gone. */
@Component
public final class SweepRenditions {

    private static final int BATCH = 200;

    private final Renditions renditions;
    private final Tracks tracks;
    private final PlaybackSettings settings;
    private final TrackSettings trackSettings;
    private final Clock clock;

    SweepRenditions(
            Renditions renditions, Tracks tracks, PlaybackSettings settings, TrackSettings trackSettings, Clock clock) {
        this.renditions = renditions;
        this.tracks = tracks;
        this.settings = settings;
        this.trackSettings = trackSettings;
        this.clock = clock;
    }

    /** How many objects were removed. */
    public Mono<Long> sweep() {
        return Flux.defer(() -> {
                    Instant now = clock.instant();
                    Instant old = now.minus(settings.keepRenditions());
                    // a younger one may belong to a track that another database has
                    Instant orphaned = now.minus(trackSettings.sweep().orphanAge());
                    return renditions
                            .storedBefore(old.isAfter(orphaned) ? old : orphaned)
                            .buffer(BATCH)
                            .concatMap(ids -> tracks.kept(ids)
                                    .collectList()
                                    .flatMapMany(existing -> removed(ids, existing, old, orphaned)));
                })
                .reduce(0L, Long::sum);
    }

    private Flux<Long> removed(List<UUID> ids, List<UUID> existing, Instant old, Instant orphaned) {
        return Flux.fromIterable(ids)
                .concatMap(id -> renditions.deleteBefore(id, existing.contains(id) ? old : orphaned), 1);
    }
}
