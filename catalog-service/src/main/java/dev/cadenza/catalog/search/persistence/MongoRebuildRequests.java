package dev.cadenza.catalog.search.persistence;

import dev.cadenza.catalog.search.RebuildRequests;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.FactDefinition;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Wishes as facts with an event each. */
@Component
final class MongoRebuildRequests implements RebuildRequests {

    private final FactCollection<Request> facts;

    MongoRebuildRequests(Aggregates aggregates, BiFunction<UUID, Request, EventMessage> translator) {
        this.facts = aggregates.facts(
                new FactDefinition<>("search_rebuild", Request.class, "catalog.search.v1", translator, List.of()));
    }

    @Override
    public Mono<Void> add(UUID id, Request request) {
        return facts.record(id, request);
    }
}
