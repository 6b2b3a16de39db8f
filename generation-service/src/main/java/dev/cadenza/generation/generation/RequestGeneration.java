package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Ids;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks for a song. */
@Component
public final class RequestGeneration {

    private final Generations generations;
    private final Standings standings;
    private final Supplier<UUID> ids;
    private final Clock clock;

    RequestGeneration(Generations generations, Standings standings, Supplier<UUID> ids, Clock clock) {
        this.generations = generations;
        this.standings = standings;
        this.ids = ids;
        this.clock = clock;
    }

    /** Keeps the request and puts its job into the queue. */
    public Mono<Standing> request(UUID ownerId, GenerationRequest request) {
        return Mono.defer(() -> generations
                .add(ids.get(), Generation.queued(names(), ownerId, request, null, clock.instant()))
                .flatMap(standings::of));
    }

    static Generation.Names names() {
        return new Generation.Names(Ids.publicId("gen"), Ids.publicId("task"), Ids.publicId("track"));
    }
}
