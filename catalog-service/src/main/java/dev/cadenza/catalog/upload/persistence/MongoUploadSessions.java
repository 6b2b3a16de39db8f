package dev.cadenza.catalog.upload.persistence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import dev.cadenza.catalog.upload.UploadSession;
import dev.cadenza.catalog.upload.UploadSession.NoEvent;
import dev.cadenza.catalog.upload.UploadSessions;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Uploads as documents. */
@Component
final class MongoUploadSessions implements UploadSessions {

    private static final String OWNER = "state.ownerId";
    private static final String CREATED = "state.createdAt";

    /** All chunks of an upload may come at once. */
    private static final Retry LOST_RACES = Retry.backoff(50, Duration.ofMillis(5))
            .maxBackoff(Duration.ofMillis(250))
            .jitter(0.9)
            .filter(error -> error instanceof FailureException e
                    && e.failure() instanceof Failure.Conflict conflict
                    && conflict.code().equals("upload.stale"))
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final AggregateCollection<UploadSession, NoEvent> rows;

    MongoUploadSessions(Aggregates aggregates) {
        this.rows = aggregates.collection(AggregateDefinition.unpublished(
                "upload", UploadSession.class, false, List.of(IndexSpec.on(OWNER), IndexSpec.on(CREATED))));
    }

    @Override
    public Mono<Versioned<UploadSession>> add(UUID id, Change<UploadSession, NoEvent> change) {
        return rows.insert(id, change);
    }

    @Override
    public Mono<Versioned<UploadSession>> find(UUID id) {
        return rows.find(id);
    }

    @Override
    public Mono<Versioned<UploadSession>> change(
            UUID id, Function<UploadSession, Change<UploadSession, NoEvent>> transition) {
        return rows.change(id, current -> transition.apply(current.state())).retryWhen(LOST_RACES);
    }

    @Override
    public Flux<UUID> begunBefore(Instant time) {
        return rows.find(lt(CREATED, time)).map(Versioned::id);
    }

    @Override
    public Flux<UUID> existing(Collection<UUID> ids) {
        return rows.find(in("_id", ids)).map(Versioned::id);
    }

    @Override
    public Flux<UUID> of(UUID ownerId) {
        return rows.find(eq(OWNER, ownerId)).map(Versioned::id);
    }

    @Override
    public Mono<Void> remove(UUID id) {
        return rows.deleteAll(eq("_id", id), List.of()).then();
    }
}
