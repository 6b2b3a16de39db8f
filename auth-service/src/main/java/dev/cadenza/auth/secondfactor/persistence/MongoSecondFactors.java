package dev.cadenza.auth.secondfactor.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.auth.secondfactor.SecondFactor;
import dev.cadenza.auth.secondfactor.SecondFactors;
import dev.cadenza.auth.secondfactor.messaging.SecondFactorTranslator;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class MongoSecondFactors implements SecondFactors {

    private static final String STAGE = "state.stage";
    private static final String SINCE = "state.since";
    private static final List<String> UNSETTLED = List.of(
            SecondFactor.Stage.OFFERED.name(), SecondFactor.Stage.CONFIRMED.name(), SecondFactor.Stage.LEAVING.name());

    private final AggregateCollection<SecondFactor, SecondFactor.Event> collection;

    MongoSecondFactors(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "second_factors",
                SecondFactor.class,
                // each event names the topic that it goes to
                "",
                false,
                SecondFactorTranslator::translate,
                List.of(IndexSpec.on(STAGE, SINCE))));
    }

    @Override
    public Mono<Versioned<SecondFactor>> find(UUID account) {
        return collection.find(account);
    }

    @Override
    public Mono<Versioned<SecondFactor>> insert(UUID account, Change<SecondFactor, SecondFactor.Event> change) {
        return collection.insert(account, change);
    }

    @Override
    public Mono<Versioned<SecondFactor>> change(
            UUID account, Function<SecondFactor, Change<SecondFactor, SecondFactor.Event>> transition) {
        return collection.change(account, factor -> transition.apply(factor.state()));
    }

    @Override
    public Mono<Void> remove(Versioned<SecondFactor> factor) {
        return collection.delete(factor, List.of());
    }

    @Override
    public Flux<Versioned<SecondFactor>> unsettled(Instant before, int limit) {
        return collection.find(and(in(STAGE, UNSETTLED), lt(SINCE, before)), ascending(SINCE), new Paging(0, limit));
    }
}
