package dev.cadenza.processing.file;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes bytes that no file has: of uploads that a crash cut off, of files deleted in one, of engines too late. */
@Component
public final class SweepFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SweepFiles.class);
    private static final int BATCH = 200;

    private final ProcessingFiles files;
    private final FileObjects objects;
    private final FileSettings settings;
    private final Clock clock;

    SweepFiles(ProcessingFiles files, FileObjects objects, FileSettings settings, Clock clock) {
        this.files = files;
        this.objects = objects;
        this.settings = settings;
        this.clock = clock;
    }

    /** Of how many files that are no more. */
    public Mono<Long> sweep() {
        return Flux.defer(() -> objects.storedBefore(
                        clock.instant().minus(settings.sweep().orphanAge())))
                .buffer(BATCH)
                .concatMap(this::orphans)
                .concatMap(id -> objects.delete(id).thenReturn(id))
                .doOnNext(id -> LOG.info("removed bytes without a file: {}", id))
                .count();
    }

    private Flux<UUID> orphans(List<UUID> stored) {
        return files.existing(stored)
                .collect(HashSet<UUID>::new, HashSet::add)
                .flatMapIterable(existing ->
                        stored.stream().filter(id -> !existing.contains(id)).toList());
    }
}
