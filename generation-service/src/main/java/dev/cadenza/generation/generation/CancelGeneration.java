package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Calls a generation off. */
@Component
public final class CancelGeneration {

    private final Generations generations;
    private final Clock clock;

    CancelGeneration(Generations generations, Clock clock) {
        this.generations = generations;
        this.clock = clock;
    }

    /** The generation, and where it stood before. */
    public record Cancelled(GenerationStatus before, Versioned<Generation> generation) {}

    /** Cancels somebody's own; NotFound for anybody else's, Conflict once it is finished. */
    public Mono<Cancelled> cancel(String publicId, UUID ownerId) {
        return generations
                .find(publicId, ownerId)
                .switchIfEmpty(Mono.error(GenerationFailures::notFound))
                .flatMap(found -> {
                    // told from inside the change, which may be tried several times; the last one counts
                    GenerationStatus[] before = {found.state().status()};
                    return generations
                            .change(found.id(), current -> {
                                before[0] = current.status();
                                return current.cancelled(clock.instant());
                            })
                            .map(cancelled -> new Cancelled(before[0], cancelled));
                })
                .switchIfEmpty(Mono.error(GenerationFailures::notFound));
    }
}
