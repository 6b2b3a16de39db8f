package dev.cadenza.generation.generation;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks where a generation stands. */
@Component
public final class FindGeneration {

    private final Generations generations;
    private final Standings standings;

    FindGeneration(Generations generations, Standings standings) {
        this.generations = generations;
        this.standings = standings;
    }

    /** Somebody's own; NotFound for anybody else's. */
    public Mono<Standing> find(String publicId, UUID ownerId) {
        return generations
                .find(publicId, ownerId)
                .switchIfEmpty(Mono.error(GenerationFailures::notFound))
                .flatMap(standings::of);
    }
}
