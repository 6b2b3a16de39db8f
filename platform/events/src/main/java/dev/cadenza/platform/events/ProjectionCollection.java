package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Local copy of what another service owns, built from its events and guarded by their {@code seq}: older and repeated
 * events change nothing. Each document is {@code {_id, seq, state:{…}}}; one source aggregate per document. Fails with
 * {@code Failure.Unavailable} while the database does not answer.
 */
public final class ProjectionCollection<S extends Record> {

    private static final Bson ALIVE = exists(Outbox.DELETED_AT, false);

    private final MongoCollection<BsonDocument> collection;
    private final States<S> states;
    private final Clock clock;
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

    ProjectionCollection(Class<S> type, MongoCollection<BsonDocument> collection, Clock clock) {
        this.collection = collection;
        this.states = new States<>(type);
        this.clock = clock;
    }

    /** Takes over a newer state; false where a newer one, or a newer removal, is known already. */
    public Mono<Boolean> apply(UUID id, long seq, S state) {
        return write(id, seq, set("state", states.encode(state)), unset(Outbox.DELETED_AT));
    }

    /** Leaves a tombstone, so that a late older event does not revive the row; false where stale. */
    public Mono<Boolean> remove(UUID id, long seq) {
        return write(id, seq, unset("state"), set(Outbox.DELETED_AT, clock.instant()));
    }

    /** Empty when absent or removed. */
    public Mono<S> find(UUID id) {
        return findOne(eq("_id", id));
    }

    /** The first match of a filter on fields such as {@code state.ownerId}. */
    public Mono<S> findOne(Bson filter) {
        return Mono.from(read(filter).limit(1).first()).map(this::decode).onErrorMap(MongoFailures::translate);
    }

    /** All matches, in no particular order, as they are read. */
    public Flux<S> find(Bson filter) {
        return Flux.from(read(filter)).map(this::decode).onErrorMap(MongoFailures::translate);
    }

    /** A part of the matches. */
    public Flux<S> find(Bson filter, Bson sort, Paging paging) {
        return Flux.from(read(filter)
                        .sort(sort)
                        .skip(Math.toIntExact(Math.min(paging.offset(), Integer.MAX_VALUE)))
                        .limit(paging.limit()))
                .map(this::decode)
                .onErrorMap(MongoFailures::translate);
    }

    /** The ids of all rows. */
    public Flux<UUID> ids() {
        return aggregate(List.of(com.mongodb.client.model.Aggregates.project(include("_id"))))
                .map(row -> row.get("_id", UUID.class));
    }

    /** Called after every write of this process with the id of the row, also of one that was stale; must not block. */
    public void afterWrite(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    /** A part of the matches, and how many there are. */
    public Mono<Page<S>> page(Bson filter, Bson sort, Paging paging) {
        return Mono.zip(
                find(filter, sort, paging).collectList(),
                count(filter),
                (items, total) -> new Page<>(items, total, paging));
    }

    /** How many match. */
    public Mono<Long> count(Bson filter) {
        return Mono.from(collection.countDocuments(and(filter, ALIVE))).onErrorMap(MongoFailures::translate);
    }

    /** Runs an aggregation pipeline over all rows that are not removed. */
    public Flux<Document> aggregate(List<? extends Bson> pipeline) {
        List<Bson> stages = new ArrayList<>();
        stages.add(com.mongodb.client.model.Aggregates.match(ALIVE));
        stages.addAll(pipeline);
        return Flux.from(collection.aggregate(stages, Document.class)).onErrorMap(MongoFailures::translate);
    }

    private Mono<Boolean> write(UUID id, long seq, Bson... updates) {
        Mono<Boolean> once = Mono.defer(() -> Mono.from(collection.updateOne(
                        and(eq("_id", id), lt("seq", seq)),
                        combine(set("seq", seq), combine(updates)),
                        new UpdateOptions().upsert(true))))
                .map(result -> true);
        return once
                // another instance wrote the first version at this moment, perhaps an older one
                .onErrorResume(ProjectionCollection::taken, error -> once)
                // the id is taken and its row is not older
                .onErrorResume(ProjectionCollection::taken, error -> Mono.just(false))
                .onErrorMap(MongoFailures::translate)
                .doOnNext(written -> listeners.forEach(listener -> listener.accept(id)));
    }

    private static boolean taken(Throwable error) {
        return "_id_".equals(MongoFailures.violatedIndex(error));
    }

    private FindPublisher<RawBsonDocument> read(Bson filter) {
        return collection.find(and(filter, ALIVE), RawBsonDocument.class);
    }

    private S decode(RawBsonDocument document) {
        return states.within(document, "state");
    }
}
