package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the song of a finished generation. */
@Component
public final class FindSong {

    private final Generations generations;

    FindSong(Generations generations) {
        this.generations = generations;
    }

    /** A finished generation and its song. */
    public record Found(Versioned<Generation> generation, Song song) {}

    /**
     * By the song's public id; NotFound where there is none, or it is somebody else's.
     *
     * @param ownerId null for a caller who has shown otherwise that it may be read
     */
    public Mono<Found> find(String trackId, @Nullable UUID ownerId) {
        return generations
                .findByTrack(trackId)
                .filter(found -> ownerId == null || found.state().ownerId().equals(ownerId))
                .flatMap(found -> {
                    Song song = found.state().song();
                    return song == null ? Mono.empty() : Mono.just(new Found(found, song));
                })
                .switchIfEmpty(Mono.error(GenerationFailures::trackNotFound));
    }
}
