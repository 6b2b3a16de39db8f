package dev.cadenza.generation.generation.persistence;

import dev.cadenza.generation.generation.Generation;
import dev.cadenza.generation.generation.GenerationEvent;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.IndexSpec;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where generations are stored; the job queue looks into the same collection. */
@Configuration(proxyBeanMethods = false)
class GenerationCollection {

    static final String OWNER = "state.ownerId";
    static final String PUBLIC_ID = "state.publicId";
    static final String TRACK_ID = "state.trackId";
    static final String JOB_STATUS = "state.job.status";
    static final String CREATED = "state.createdAt";

    @Bean
    AggregateCollection<Generation, GenerationEvent> generationAggregates(
            Aggregates aggregates,
            BiFunction<Versioned<Generation>, GenerationEvent, EventMessage> generationTranslator) {
        return aggregates.collection(new AggregateDefinition<>(
                "generation",
                Generation.class,
                "generation.generation.v1",
                true,
                generationTranslator,
                List.of(
                        IndexSpec.on(OWNER, "-" + CREATED),
                        IndexSpec.on(JOB_STATUS, CREATED),
                        IndexSpec.unique("generation.exists", "The generation is there already.", PUBLIC_ID),
                        IndexSpec.unique("generation.track_exists", "The track is there already.", TRACK_ID))));
    }
}
