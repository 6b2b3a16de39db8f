package dev.cadenza.generation.generation.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import dev.cadenza.generation.generation.Generation;
import dev.cadenza.generation.generation.GenerationEvent;
import dev.cadenza.generation.generation.GenerationOrder;
import dev.cadenza.generation.generation.GenerationStatus;
import dev.cadenza.generation.generation.Generations;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.JobStatus;
import dev.cadenza.platform.events.AggregateCollection;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Generations as documents. */
@Component
final class MongoGenerations implements Generations {

    private final AggregateCollection<Generation, GenerationEvent> rows;

    MongoGenerations(AggregateCollection<Generation, GenerationEvent> rows) {
        this.rows = rows;
    }

    @Override
    public Mono<Versioned<Generation>> add(UUID id, Change<Generation, GenerationEvent> change) {
        return rows.insert(id, change);
    }

    @Override
    public Mono<Versioned<Generation>> find(String publicId, UUID ownerId) {
        return rows.findOne(and(eq(GenerationCollection.PUBLIC_ID, publicId), eq(GenerationCollection.OWNER, ownerId)));
    }

    @Override
    public Mono<Versioned<Generation>> findByTrack(String trackId) {
        return rows.findOne(and(
                eq(GenerationCollection.TRACK_ID, trackId),
                eq(GenerationCollection.JOB_STATUS, JobStatus.COMPLETED.name())));
    }

    @Override
    public Flux<Versioned<Generation>> existing(Collection<UUID> ids) {
        return rows.find(in("_id", ids));
    }

    @Override
    public Mono<Versioned<Generation>> change(
            UUID id, Function<Generation, Change<Generation, GenerationEvent>> transition) {
        return rows.change(id, current -> transition.apply(current.state()));
    }

    @Override
    public Mono<Page<Versioned<Generation>>> of(
            UUID ownerId, @Nullable GenerationStatus status, GenerationOrder order, Paging paging) {
        Bson own = eq(GenerationCollection.OWNER, ownerId);
        Bson filter = status == null
                ? own
                : and(
                        own,
                        in(
                                GenerationCollection.JOB_STATUS,
                                jobStatuses(status).stream().map(Enum::name).toList()));
        String field =
                switch (order.field()) {
                    case CREATED_AT -> GenerationCollection.CREATED;
                    case UPDATED_AT -> "state.job.updatedAt";
                    case DURATION -> "state.request.wish.durationSeconds";
                };
        Bson sort = order.ascending()
                ? orderBy(ascending(field), ascending("number"))
                : orderBy(descending(field), descending("number"));
        return rows.page(filter, sort, paging);
    }

    @Override
    public Mono<Map<GenerationStatus, Long>> counts(UUID ownerId) {
        return rows.aggregate(List.of(
                        Aggregates.match(eq(GenerationCollection.OWNER, ownerId)),
                        Aggregates.group("$" + GenerationCollection.JOB_STATUS, Accumulators.sum("count", 1))))
                .collect(
                        () -> new EnumMap<>(GenerationStatus.class),
                        (Map<GenerationStatus, Long> counts, org.bson.Document row) -> {
                            JobStatus job = JobStatus.valueOf(row.getString("_id"));
                            for (GenerationStatus status : GenerationStatus.values()) {
                                if (jobStatuses(status).contains(job)) {
                                    counts.merge(
                                            status,
                                            row.get("count", Number.class).longValue(),
                                            Long::sum);
                                }
                            }
                        });
    }

    @Override
    public Flux<UUID> removeAllOf(UUID ownerId, GenerationEvent event) {
        return rows.deleteAll(eq(GenerationCollection.OWNER, ownerId), List.of(event));
    }

    private static List<JobStatus> jobStatuses(GenerationStatus status) {
        return switch (status) {
            case QUEUED -> List.of(JobStatus.QUEUED, JobStatus.RELEASED);
            case PROCESSING -> List.of(JobStatus.RUNNING);
            case COMPLETED -> List.of(JobStatus.COMPLETED);
            case FAILED -> List.of(JobStatus.FAILED);
            case CANCELLED -> List.of(JobStatus.CANCELLED);
        };
    }
}
