package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.jobs.JobQueue;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the job queue for places. */
@Component
final class Standings {

    private final JobQueue queue;

    Standings(JobQueue queue) {
        this.queue = queue;
    }

    Mono<Standing> of(Versioned<Generation> generation) {
        return queue.position(generation.id())
                .map(place -> new Standing(
                        generation,
                        // it may have begun between the two looks; what is said of it must agree
                        generation.state().status() == GenerationStatus.QUEUED ? Math.max(1, place.position()) : 0,
                        place.estimatedCompletion()))
                .defaultIfEmpty(new Standing(generation, 0, null));
    }
}
