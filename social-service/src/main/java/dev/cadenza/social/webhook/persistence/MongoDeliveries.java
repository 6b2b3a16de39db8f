package dev.cadenza.social.webhook.persistence;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.model.Accumulators;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.social.webhook.Deliveries;
import dev.cadenza.social.webhook.Delivery;
import dev.cadenza.social.webhook.Delivery.Status;
import dev.cadenza.social.webhook.DeliveryCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deliveries in MongoDB. */
@Repository
class MongoDeliveries implements Deliveries {

    // instances that look at the same moment try these in different order
    private static final Paging CANDIDATES = new Paging(0, 8);
    private static final Paging SWEEP = new Paging(0, 500);

    private final AggregateCollection<Delivery, Void> collection;

    MongoDeliveries(Aggregates aggregates) {
        this.collection = aggregates.collection(AggregateDefinition.unpublished(
                "webhook_deliveries",
                Delivery.class,
                false,
                List.of(
                        IndexSpec.on("state.status", "state.dueAt"),
                        IndexSpec.on("state.ownerId", "state.status"),
                        IndexSpec.on("state.finishedAt"))));
    }

    @Override
    public Mono<Void> add(Delivery delivery) {
        return collection
                .insert(delivery.id(), stored(delivery))
                .then()
                .onErrorResume(MongoDeliveries::isConflict, known -> Mono.empty());
    }

    @Override
    public Mono<Delivery> claim(Instant now, Instant lostAt, Set<UUID> busyWebhooks, Set<UUID> busyOwners) {
        Bson due = and(
                eq("state.status", Status.PENDING.name()),
                lte("state.dueAt", now),
                nin("state.webhookId", busyWebhooks),
                nin("state.ownerId", busyOwners));
        return collection
                .find(due, ascending("state.dueAt"), CANDIDATES)
                .collectList()
                .flatMapMany(candidates -> {
                    List<Versioned<Delivery>> shuffled = new ArrayList<>(candidates);
                    Collections.shuffle(shuffled);
                    return Flux.fromIterable(shuffled);
                })
                .concatMap(
                        candidate -> collection
                                .update(candidate, stored(candidate.state().begun(lostAt)))
                                .onErrorResume(MongoDeliveries::isConflict, lost -> Mono.empty()),
                        1)
                .next()
                .map(Versioned::state);
    }

    @Override
    public Mono<Boolean> record(Delivery outcome) {
        return collection
                .change(
                        outcome.id(),
                        current -> stored(current.state().isAwaiting(outcome) ? outcome : current.state()))
                .map(now -> now.state().equals(outcome))
                .defaultIfEmpty(false);
    }

    @Override
    public Mono<DeliveryCounts> count(UUID ownerId) {
        return collection
                .aggregate(List.of(
                        match(eq("state.ownerId", ownerId)), group("$state.status", Accumulators.sum("count", 1))))
                .collectMap(
                        row -> row.getString("_id"),
                        row -> row.get("count", Number.class).longValue())
                .map(MongoDeliveries::counts);
    }

    @Override
    public Mono<Long> removeAllOf(UUID ownerId) {
        return collection.deleteAll(eq("state.ownerId", ownerId), List.of()).count();
    }

    @Override
    public Mono<Long> removeFinishedBefore(Instant time) {
        return collection
                .find(lt("state.finishedAt", time), ascending("state.finishedAt"), SWEEP)
                .concatMap(delivery -> collection
                        .delete(delivery, List.of())
                        .onErrorResume(MongoDeliveries::isConflict, lost -> Mono.empty())
                        .thenReturn(delivery.id()))
                .count();
    }

    private static DeliveryCounts counts(Map<String, Long> byStatus) {
        return new DeliveryCounts(
                byStatus.values().stream().mapToLong(Long::longValue).sum(),
                byStatus.getOrDefault(Status.DELIVERED.name(), 0L),
                byStatus.getOrDefault(Status.FAILED.name(), 0L));
    }

    private static Change<Delivery, Void> stored(Delivery delivery) {
        return new Change<>(delivery, List.of());
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failed && failed.failure() instanceof Failure.Conflict;
    }
}
