package dev.cadenza.catalog.track.persistence;

import static com.mongodb.client.model.Filters.eq;

import dev.cadenza.catalog.track.Downloads;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.FactDefinition;
import dev.cadenza.platform.events.IndexSpec;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Downloads as facts that are their own outbox. */
@Component
final class MongoDownloads implements Downloads {

    private static final String TRACK = "fact.trackId";
    private static final String LISTENER = "fact.listenerId";

    private final FactCollection<Started> facts;

    MongoDownloads(Aggregates aggregates, BiFunction<UUID, Started, EventMessage> translator) {
        this.facts = aggregates.facts(new FactDefinition<>(
                "download",
                Started.class,
                "catalog.stream.v1",
                translator,
                List.of(IndexSpec.on(TRACK), IndexSpec.on(LISTENER))));
    }

    @Override
    public Mono<Void> add(UUID id, Started started) {
        return facts.record(id, started);
    }

    @Override
    public Mono<Long> of(UUID trackId) {
        return facts.count(eq(TRACK, trackId));
    }

    @Override
    public Mono<Void> forget(UUID listenerId) {
        return facts.forget(LISTENER, eq(LISTENER, listenerId)).then();
    }
}
