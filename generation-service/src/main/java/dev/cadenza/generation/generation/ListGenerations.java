package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lists somebody's generations. */
@Component
public final class ListGenerations {

    private final Generations generations;

    ListGenerations(Generations generations) {
        this.generations = generations;
    }

    /** A part of the list, and how many there are of each status in all. */
    public record Listed(Page<Versioned<Generation>> page, Map<GenerationStatus, Long> counts) {}

    /**
     * Lists.
     *
     * @param status null for all
     */
    public Mono<Listed> list(UUID ownerId, @Nullable GenerationStatus status, GenerationOrder order, Paging paging) {
        return Mono.zip(generations.of(ownerId, status, order, paging), generations.counts(ownerId), Listed::new);
    }
}
