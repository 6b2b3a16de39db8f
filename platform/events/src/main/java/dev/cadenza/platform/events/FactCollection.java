package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.BiFunction;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Facts of one kind, written once: each document is {@code {_id, fact:{…}, outbox}}, its own outbox. Filters and
 * pipelines name fields such as {@code fact.trackId}. Fails like {@link AggregateCollection}.
 */
public final class FactCollection<F extends Record> {

    private final FactDefinition<F> definition;
    private final MongoCollection<BsonDocument> collection;
    private final States<F> states;
    private final @Nullable Outbox outbox;
    private final Clock clock;

    FactCollection(
            FactDefinition<F> definition,
            MongoCollection<BsonDocument> collection,
            @Nullable Outbox outbox,
            Clock clock) {
        this.definition = definition;
        this.collection = collection;
        this.states = new States<>(definition.factType());
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Stores a fact and its event; a repeat of the id changes nothing and sends nothing. */
    public Mono<Void> record(UUID id, F fact) {
        return Mono.deferContextual(context -> Mono.from(collection.insertOne(document(id, fact, context))))
                .doOnNext(result -> ring())
                .then()
                .onErrorResume(error -> "_id_".equals(MongoFailures.violatedIndex(error)), error -> Mono.empty())
                .onErrorMap(this::translate);
    }

    /**
     * Stores facts one after the other until one is refused, so that those that are stored are always a beginning of
     * the list, whatever happens on the way: for facts that build on one another. Here a repeat of an id is refused.
     */
    public Mono<Recorded> recordInOrder(SequencedMap<UUID, F> facts) {
        return Mono.deferContextual(context -> {
                    List<BsonDocument> documents = new ArrayList<>();
                    facts.forEach((id, fact) -> documents.add(document(id, fact, context)));
                    return Mono.from(collection.insertMany(documents));
                })
                .map(result -> new Recorded(facts.size(), null))
                .onErrorResume(MongoBulkWriteException.class, error -> {
                    String index = MongoFailures.violatedIndex(error);
                    return index == null
                            ? Mono.error(error)
                            : Mono.just(new Recorded(
                                    error.getWriteErrors().getFirst().getIndex(), index));
                })
                .doOnNext(result -> ring())
                .onErrorMap(this::translate);
    }

    /**
     * How far {@link #recordInOrder} came.
     *
     * @param stored so many facts from the beginning of the list
     * @param refusedBy name of the unique index that the next one violates, {@code _id_} for its id; null where all are
     *     stored
     */
    public record Recorded(int stored, @Nullable String refusedBy) {}

    private BsonDocument document(UUID id, F fact, ContextView context) {
        F stored = states.normalised(fact);
        BsonDocument document = new BsonDocument("_id", new BsonBinary(id)).append("fact", states.encode(stored));
        BiFunction<UUID, F, EventMessage> translate = definition.translate();
        if (outbox != null && translate != null) {
            outbox.into(document, outbox.entries(List.of(translate.apply(id, stored)), clock.millis(), context));
        }
        return document;
    }

    private void ring() {
        if (outbox != null) {
            outbox.bell().ring();
        }
    }

    /**
     * Takes a value out of the facts that match: about somebody who is to be forgotten. All else stays as it was written;
     * how many were changed.
     *
     * @param field such as {@code fact.userId}
     */
    public Mono<Long> forget(String field, Bson filter) {
        return Mono.from(collection.updateMany(and(filter, exists(field)), unset(field)))
                .map(UpdateResult::getModifiedCount)
                .onErrorMap(this::translate);
    }

    /** Empty where there is none. */
    public Mono<F> find(UUID id) {
        return Mono.from(collection.find(eq("_id", id), RawBsonDocument.class).first())
                .map(this::decode)
                .onErrorMap(this::translate);
    }

    /** A part of the matches. */
    public Flux<F> find(Bson filter, Bson sort, Paging paging) {
        return Flux.from(collection
                        .find(filter, RawBsonDocument.class)
                        .sort(sort)
                        .skip(Math.toIntExact(Math.min(paging.offset(), Integer.MAX_VALUE)))
                        .limit(paging.limit()))
                .map(this::decode)
                .onErrorMap(this::translate);
    }

    /** A part of the matches, and how many there are. */
    public Mono<Page<F>> page(Bson filter, Bson sort, Paging paging) {
        return Mono.zip(
                find(filter, sort, paging).collectList(),
                count(filter),
                (items, total) -> new Page<>(items, total, paging));
    }

    /** How many match. */
    public Mono<Long> count(Bson filter) {
        return Mono.from(collection.countDocuments(filter)).onErrorMap(this::translate);
    }

    /** The different values of a field among the matches. */
    public <T> Flux<T> distinct(String field, Bson filter, Class<T> type) {
        return Flux.from(collection.distinct(field, filter, type)).onErrorMap(this::translate);
    }

    /** Runs an aggregation pipeline over all facts. */
    public Flux<Document> aggregate(List<? extends Bson> pipeline) {
        return Flux.from(collection.aggregate(pipeline, Document.class)).onErrorMap(this::translate);
    }

    private F decode(RawBsonDocument document) {
        return states.within(document, "fact");
    }

    private Throwable translate(Throwable error) {
        return MongoFailures.conflictOr(error, definition.name(), definition.indexes());
    }
}
