package dev.cadenza.catalog.upload;

import dev.cadenza.catalog.track.TrackSettings;
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

/** Removes uploads that took too long, and chunks that belong to none. */
@Component
public final class SweepUploads {

    private static final Logger LOG = LoggerFactory.getLogger(SweepUploads.class);
    private static final int BATCH = 200;

    private final UploadSessions sessions;
    private final Chunks chunks;
    private final UploadSettings settings;
    private final TrackSettings tracks;
    private final Clock clock;

    SweepUploads(UploadSessions sessions, Chunks chunks, UploadSettings settings, TrackSettings tracks, Clock clock) {
        this.sessions = sessions;
        this.chunks = chunks;
        this.settings = settings;
        this.tracks = tracks;
        this.clock = clock;
    }

    /** How many uploads were removed. */
    public Mono<Long> sweep() {
        return Flux.concat(expired(), orphaned())
                // the chunks first: without them the upload is found again
                .concatMap(id -> chunks.deleteAll(id).then(sessions.remove(id)).thenReturn(id), 1)
                .doOnNext(id -> LOG.info("removed the upload {}", id))
                .count();
    }

    private Flux<UUID> expired() {
        return Flux.defer(() -> sessions.begunBefore(clock.instant().minus(settings.keep())));
    }

    private Flux<UUID> orphaned() {
        return Flux.defer(() ->
                        chunks.storedBefore(clock.instant().minus(tracks.sweep().orphanAge())))
                .buffer(BATCH)
                .concatMap(this::unknown);
    }

    private Flux<UUID> unknown(List<UUID> stored) {
        return sessions.existing(stored)
                .collect(HashSet<UUID>::new, Set::add)
                .flatMapIterable(existing ->
                        stored.stream().filter(id -> !existing.contains(id)).toList());
    }
}
