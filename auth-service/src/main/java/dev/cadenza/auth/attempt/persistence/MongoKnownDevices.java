package dev.cadenza.auth.attempt.persistence;

import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.auth.attempt.Devices;
import dev.cadenza.auth.attempt.KnownDevices;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** One document for each account, under the account's id. */
@Repository
class MongoKnownDevices implements KnownDevices {

    private static final String LAST_SEEN = "state.lastSeen";
    private static final int BATCH = 1_000;
    private static final int AT_ONCE = 8;

    private final AggregateCollection<Devices, Void> collection;

    MongoKnownDevices(Aggregates aggregates) {
        this.collection = aggregates.collection(AggregateDefinition.unpublished(
                "known_devices", Devices.class, false, List.of(IndexSpec.on(LAST_SEEN))));
    }

    @Override
    public Mono<Devices> of(UUID account) {
        return collection.find(account).map(found -> found.state()).defaultIfEmpty(Devices.NONE);
    }

    @Override
    public Mono<Void> change(UUID account, UnaryOperator<Devices> transition) {
        return collection
                .change(account, found -> Change.of(transition.apply(found.state())))
                .switchIfEmpty(Mono.defer(() -> collection.insert(account, Change.of(transition.apply(Devices.NONE)))))
                // several logins at once, of the first device for one: it is known now, or will be the next time
                .onErrorResume(MongoKnownDevices::isConflict, busy -> Mono.empty())
                .then();
    }

    @Override
    public Mono<Void> remove(UUID account) {
        return collection.find(account).flatMap(found -> collection.delete(found, List.of()));
    }

    @Override
    public Mono<Long> forget(Instant since) {
        return collection
                .find(lt(LAST_SEEN, since), ascending(LAST_SEEN), new Paging(0, BATCH))
                .flatMap(
                        found -> collection
                                .delete(found, List.of())
                                .onErrorResume(MongoKnownDevices::isConflict, used -> Mono.empty())
                                .thenReturn(found),
                        AT_ONCE)
                .count();
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
