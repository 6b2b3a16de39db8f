package dev.cadenza.generation.generation;

import dev.cadenza.generation.generation.SongFiles.Left;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes bytes that no song has. What attempts leave is removed when their job ends; an upload that was under way then
 * may finish later, and nobody hears of it.
 */
@Component
public final class SweepSongFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SweepSongFiles.class);
    private static final int BATCH = 200;

    private final Generations generations;
    private final SongFiles files;
    private final GenerationSettings settings;
    private final Clock clock;

    SweepSongFiles(Generations generations, SongFiles files, GenerationSettings settings, Clock clock) {
        this.generations = generations;
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
                .concatMap(left -> files.delete(left).thenReturn(left))
                .doOnNext(left -> LOG.info("removed bytes without a song: {}", left.object()))
                .count();
    }

    private Flux<Left> orphans(List<Left> stored) {
        return generations
                .existing(stored.stream().map(Left::generationId).collect(Collectors.toSet()))
                .collectMap(Versioned::id, Versioned::state)
                .flatMapIterable(existing -> stored.stream()
                        .filter(left -> {
                            Generation generation = existing.get(left.generationId());
                            return generation == null || !generation.needs(left.attempt());
                        })
                        .toList());
    }
}
