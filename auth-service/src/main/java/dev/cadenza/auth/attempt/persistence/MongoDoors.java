package dev.cadenza.auth.attempt.persistence;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.auth.attempt.Doors;
import dev.cadenza.auth.attempt.Failures;
import dev.cadenza.auth.secret.Sha256;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** A door's document has a hash of its name for an id: names that people typed are stored nowhere. */
@Repository
class MongoDoors implements Doors {

    private static final String LAST = "state.last";
    private static final int BATCH = 1_000;
    private static final int AT_ONCE = 8;
    private static final int ATTEMPTS = 3;

    private final AggregateCollection<Failures, Void> collection;

    MongoDoors(Aggregates aggregates) {
        this.collection = aggregates.collection(
                AggregateDefinition.unpublished("failed_logins", Failures.class, false, List.of(IndexSpec.on(LAST))));
    }

    @Override
    public Mono<Instant> closedUntil(Collection<String> doors, Instant now) {
        return collection
                .find(in("_id", doors.stream().map(Sha256::id).toList()))
                .filter(door -> door.state().isClosed(now))
                .map(door -> Objects.requireNonNull(door.state().closedUntil()))
                .reduce((one, other) -> one.isAfter(other) ? one : other);
    }

    @Override
    public Mono<Boolean> failed(String door, Failures.Limits limits, Instant now) {
        UUID id = Sha256.id(door);
        return Mono.defer(() -> {
                    AtomicBoolean counted = new AtomicBoolean();
                    return collection
                            .change(id, found -> {
                                counted.set(!found.state().isClosed(now));
                                return Change.of(found.state().another(now, limits));
                            })
                            .map(changed -> counted.get());
                })
                .switchIfEmpty(Mono.defer(() -> collection
                        .insert(id, Change.of(Failures.first(now, limits)))
                        .map(first -> true)))
                // somebody else was the first to fail here, or many fail at once
                .retryWhen(Retry.backoff(ATTEMPTS, Duration.ofMillis(5))
                        .filter(MongoDoors::isConflict)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .onErrorResume(MongoDoors::isConflict, crowd -> Mono.just(false));
    }

    @Override
    public Mono<Void> clear(String door) {
        return collection
                .find(Sha256.id(door))
                .flatMap(found -> collection.delete(found, List.of()))
                // it has just changed: then it is needed
                .onErrorResume(MongoDoors::isConflict, changed -> Mono.empty());
    }

    @Override
    public Mono<Long> forget(Instant since) {
        return collection
                .find(lt(LAST, since), ascending(LAST), new Paging(0, BATCH))
                .flatMap(
                        door -> collection
                                .delete(door, List.of())
                                .onErrorResume(MongoDoors::isConflict, changed -> Mono.empty())
                                .thenReturn(door),
                        AT_ONCE)
                .count();
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
