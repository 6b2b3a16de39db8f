package dev.cadenza.catalog.track.persistence;

import dev.cadenza.catalog.track.Streams;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.FactDefinition;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Listenings as facts that are their own outbox. */
@Component
final class MongoStreams implements Streams {

    private final FactCollection<Started> facts;

    MongoStreams(Aggregates aggregates, BiFunction<UUID, Started, EventMessage> translator) {
        this.facts = aggregates.facts(
                new FactDefinition<>("stream", Started.class, "catalog.stream.v1", translator, List.of()));
    }

    @Override
    public Mono<Void> add(UUID id, Started started) {
        return facts.record(id, started);
    }
}
