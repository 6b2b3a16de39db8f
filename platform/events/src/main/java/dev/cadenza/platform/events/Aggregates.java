package dev.cadenza.platform.events;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The collections of a service. One bean per service; collections are asked for while the beans are made, once each.
 */
public final class Aggregates {

    /**
     * What must be in the database before the service is ready.
     *
     * @param work may be repeated
     */
    record Preparation(String what, Mono<Void> work) {}

    private final MongoDatabase database;
    private final Clock clock;
    private final EventSettings settings;
    private final Numbers numbers;
    private final Set<String> names = new HashSet<>();
    private final Registry<Preparation> preparations = new Registry<>();
    private final Registry<Outbox> outboxes = new Registry<>();

    Aggregates(MongoDatabase database, Clock clock, EventSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.numbers = new Numbers(database);
    }

    /** Aggregates with an outbox. */
    public <S extends Record, E> AggregateCollection<S, E> collection(AggregateDefinition<S, E> definition) {
        MongoCollection<BsonDocument> collection = named(definition.name());
        List<IndexModel> indexes = models(definition.indexes());
        indexes.add(pendingIndex());
        if (definition.numbered()) {
            indexes.add(new IndexModel(
                    Indexes.ascending("number"),
                    new IndexOptions().name("number").unique(true)));
        }
        prepare(collection, indexes);
        Outbox outbox = new Outbox(collection, definition.topic(), true, clock);
        outboxes.add(outbox);
        return new AggregateCollection<>(definition, collection, outbox, numbers, clock);
    }

    /** Facts, each its own outbox. */
    public <F extends Record> FactCollection<F> facts(FactDefinition<F> definition) {
        MongoCollection<BsonDocument> collection = named(definition.name());
        List<IndexModel> indexes = models(definition.indexes());
        String topic = definition.topic();
        Outbox outbox = topic == null ? null : new Outbox(collection, topic, false, clock);
        if (outbox != null) {
            indexes.add(pendingIndex());
            outboxes.add(outbox);
        }
        prepare(collection, indexes);
        return new FactCollection<>(definition, collection, outbox, clock);
    }

    /** Copy of what another service owns. */
    public <S extends Record> ProjectionCollection<S> projection(
            String name, Class<S> stateType, List<IndexSpec> indexes) {
        MongoCollection<BsonDocument> collection = named(name);
        prepare(collection, models(indexes));
        return new ProjectionCollection<>(stateType, collection, clock);
    }

    /**
     * Positive integers for what aggregates hold inside of them; a number that was given out is never given out again.
     *
     * @param name of the sequence, unlike that of any collection
     */
    public Mono<Long> nextNumber(String name) {
        return numbers.next(name).onErrorMap(MongoFailures::translate);
    }

    /**
     * Names that are kept apart while something is made under them.
     *
     * @param name collection
     * @param lease longer than the work takes: so long does a process that was killed keep a name from its owner
     */
    public NameClaims nameClaims(String name, Duration lease) {
        return new NameClaims(
                name,
                collection(AggregateDefinition.unpublished(name, NameClaims.Claim.class, false, List.of())),
                lease,
                clock);
    }

    Inbox inbox() {
        MongoCollection<BsonDocument> collection = named(Inbox.COLLECTION);
        prepare(
                collection,
                List.of(new IndexModel(
                        Indexes.ascending("at"),
                        new IndexOptions()
                                .name("at")
                                .expireAfter(
                                        settings.consumer().inboxRetention().toSeconds(), TimeUnit.SECONDS))));
        return new Inbox(collection, clock, settings.consumer().inboxLease());
    }

    MongoIdempotency idempotency() {
        MongoCollection<BsonDocument> collection = named(MongoIdempotency.COLLECTION);
        prepare(collection, models(List.of(IndexSpec.on(MongoIdempotency.EXPIRES_AT))));
        return new MongoIdempotency(collection, clock);
    }

    Registry<Preparation> preparations() {
        return preparations;
    }

    Registry<Outbox> outboxes() {
        return outboxes;
    }

    private void prepare(MongoCollection<BsonDocument> collection, List<IndexModel> indexes) {
        if (!indexes.isEmpty()) {
            preparations.add(new Preparation(
                    "indexes of " + collection.getNamespace().getCollectionName(),
                    Mono.defer(
                            () -> Flux.from(collection.createIndexes(indexes)).then())));
        }
    }

    private synchronized MongoCollection<BsonDocument> named(String name) {
        if (!names.add(name)) {
            throw new IllegalStateException("two definitions of collection " + name);
        }
        return database.getCollection(name, BsonDocument.class);
    }

    private static IndexModel pendingIndex() {
        return new IndexModel(
                Indexes.ascending(Outbox.PENDING_SINCE),
                new IndexOptions().name(Outbox.PENDING_SINCE).sparse(true));
    }

    private static List<IndexModel> models(List<IndexSpec> specs) {
        List<IndexModel> models = new ArrayList<>();
        for (IndexSpec spec : specs) {
            List<Bson> keys = spec.fields().stream()
                    .map(field ->
                            field.startsWith("-") ? Indexes.descending(field.substring(1)) : Indexes.ascending(field))
                    .toList();
            boolean unique = spec.conflict() != null;
            models.add(new IndexModel(
                    Indexes.compoundIndex(keys),
                    new IndexOptions().name(spec.name()).unique(unique).sparse(unique)));
        }
        return models;
    }

    /** Things that are registered while beans are made, and sometimes later. */
    static final class Registry<T> {

        private final List<T> all = new ArrayList<>();
        private final List<Consumer<T>> listeners = new ArrayList<>();

        synchronized void add(T thing) {
            all.add(thing);
            listeners.forEach(listener -> listener.accept(thing));
        }

        /** Called for each thing that is here and each that comes. */
        synchronized void each(Consumer<T> listener) {
            listeners.add(listener);
            all.forEach(listener);
        }

        synchronized List<T> all() {
            return List.copyOf(all);
        }
    }
}
