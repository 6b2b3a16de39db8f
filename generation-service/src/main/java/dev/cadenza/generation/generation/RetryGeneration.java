package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks again for what failed or was called off. */
@Component
public final class RetryGeneration {

    private final Generations generations;
    private final Supplier<UUID> ids;
    private final Clock clock;

    RetryGeneration(Generations generations, Supplier<UUID> ids, Clock clock) {
        this.generations = generations;
        this.ids = ids;
        this.clock = clock;
    }

    /** The new generation; NotFound for anybody else's, Conflict unless it failed or was cancelled. */
    public Mono<Versioned<Generation>> retry(String publicId, UUID ownerId) {
        return generations
                .find(publicId, ownerId)
                .switchIfEmpty(Mono.error(GenerationFailures::notFound))
                .flatMap(found -> {
                    found.state().requireRetryable();
                    return generations.add(
                            ids.get(),
                            Generation.queued(
                                    RequestGeneration.names(),
                                    ownerId,
                                    found.state().request(),
                                    publicId,
                                    clock.instant()));
                });
    }
}
