package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.Aggregates;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/**
 * One collection of aggregates. Each document is {@code {_id, version, number?, state, outbox, …}}: state and events are
 * written in one update, and the relay publishes the events afterwards, whether this process lives or not.
 *
 * <p>Every method fails with {@link Failure.Unavailable} while the database does not answer, and every write with the
 * conflict of the {@link IndexSpec} that it violates. What a write returns is what is stored ({@code Instant}s to the
 * millisecond).
 *
 * @param <S> state
 * @param <E> domain events
 */
public final class AggregateCollection<S extends Record, E> {

    private static final Logger LOG = LoggerFactory.getLogger(AggregateCollection.class);
    private static final int ATTEMPTS = 5;
    private static final Bson ALIVE = exists(Outbox.DELETED_AT, false);

    private final AggregateDefinition<S, E> definition;
    private final MongoCollection<BsonDocument> collection;
    private final States<S> states;
    private final Outbox outbox;
    private final Numbers numbers;
    private final Clock clock;
    private final List<BiFunction<@Nullable Versioned<S>, @Nullable Versioned<S>, List<EventMessage>>> derivations =
            new CopyOnWriteArrayList<>();
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();

    AggregateCollection(
            AggregateDefinition<S, E> definition,
            MongoCollection<BsonDocument> collection,
            Outbox outbox,
            Numbers numbers,
            Clock clock) {
        this.definition = definition;
        this.collection = collection;
        this.states = new States<>(definition.stateType());
        this.outbox = outbox;
        this.numbers = numbers;
        this.clock = clock;
    }

    /**
     * Stores a new aggregate; an id that is in use is {@link Failure.Conflict} with code {@code <name>.exists}. The id
     * of a deleted aggregate may be used again: its versions and events go on where the old ones ended.
     */
    public Mono<Versioned<S>> insert(UUID id, Change<S, E> change) {
        Mono<Long> number =
                definition.numbered() ? numbers.next(definition.name()).onErrorMap(this::translate) : Mono.just(0L);
        return Mono.deferContextual(context -> number.flatMap(n -> {
            // starts at the time, so that an id that is used again never repeats a version
            Versioned<S> created = new Versioned<>(
                    id, clock.millis(), definition.numbered() ? n : null, states.normalised(change.state()));
            BsonDocument document = new BsonDocument("_id", new BsonBinary(id))
                    .append("version", new BsonInt64(created.version()))
                    .append("state", states.encode(created.state()));
            if (definition.numbered()) {
                document.append("number", new BsonInt64(n));
            }
            outbox.into(document, entries(null, created, created, change.events(), context));
            return Mono.from(collection.insertOne(document))
                    .map(result -> created)
                    .doOnNext(this::written)
                    .onErrorResume(error -> "_id_".equals(MongoFailures.violatedIndex(error))
                            ? revive(created, change, context, error)
                            : Mono.error(translate(error)));
        }));
    }

    /** Takes the place of a tombstone whose last events are not published yet. */
    private Mono<Versioned<S>> revive(Versioned<S> created, Change<S, E> change, ContextView context, Throwable error) {
        return Mono.from(collection
                        .find(and(eq("_id", created.id()), exists(Outbox.DELETED_AT)))
                        .projection(include("version", "number"))
                        .first())
                .flatMap(tombstone -> {
                    long old = version(tombstone);
                    Versioned<S> revived = new Versioned<>(
                            created.id(), Math.max(old + 1, created.version()), number(tombstone), created.state());
                    List<Bson> updates = update(revived, entries(null, revived, revived, change.events(), context));
                    updates.add(unset(Outbox.DELETED_AT));
                    return Mono.from(collection.updateOne(
                                    and(eq("_id", created.id()), eq("version", old), exists(Outbox.DELETED_AT)),
                                    combine(updates)))
                            .filter(result -> result.getMatchedCount() == 1)
                            .map(result -> revived)
                            .doOnNext(this::written);
                })
                .switchIfEmpty(Mono.defer(() -> Mono.from(collection
                                .find(eq("_id", created.id()))
                                .projection(include("version"))
                                .first())
                        .hasElement()
                        .flatMap(inUse -> inUse
                                ? Mono.error(error)
                                // the relay has just removed the tombstone
                                : insert(created.id(), change))))
                .onErrorMap(this::translate);
    }

    /**
     * Stores the next state; {@link Failure.Conflict} with code {@code <name>.stale} where the aggregate has changed since
     * {@code current} was read, or is gone.
     */
    public Mono<Versioned<S>> update(Versioned<S> current, Change<S, E> change) {
        return Mono.deferContextual(context -> {
            Versioned<S> next = new Versioned<>(
                    current.id(), current.version() + 1, current.number(), states.normalised(change.state()));
            return write(current, next, update(next, entries(current, next, next, change.events(), context)));
        });
    }

    /** Removes the aggregate; its last events still go out. Fails like {@link #update}. */
    public Mono<Void> delete(Versioned<S> current, List<E> events) {
        return Mono.deferContextual(context -> {
            Versioned<S> last = new Versioned<>(current.id(), current.version() + 1, current.number(), current.state());
            List<Bson> updates = new ArrayList<>(List.of(
                    set("version", last.version()),
                    set(Outbox.DELETED_AT, clock.instant()),
                    // frees what unique indexes hold, and keeps nothing of what its owner wanted gone
                    unset("state"),
                    outbox.pending()));
            List<BsonDocument> entries = entries(current, null, last, events, context);
            if (!entries.isEmpty()) {
                updates.add(outbox.pushEvents(entries));
            }
            return write(current, last, updates).then();
        });
    }

    /**
     * Removes every match, one after the other, each with these events; what somebody changes meanwhile is looked at
     * again. The ids of those that are gone.
     */
    public Flux<UUID> deleteAll(Bson filter, List<E> events) {
        return find(filter)
                .map(Versioned::id)
                .concatMap(
                        id -> Mono.defer(() -> findOne(and(eq("_id", id), filter)))
                                .flatMap(current -> delete(current, events).thenReturn(id))
                                .retryWhen(lostRaces()),
                        1);
    }

    /** Empty where there is none. */
    public Mono<Versioned<S>> find(UUID id) {
        return findOne(eq("_id", id));
    }

    /** By integer id; empty where there is none. */
    public Mono<Versioned<S>> findByNumber(long number) {
        return findOne(eq("number", number));
    }

    /** The first match of a filter on fields such as {@code state.ownerId}. */
    public Mono<Versioned<S>> findOne(Bson filter) {
        return Mono.from(read(filter).limit(1).first()).map(states::aggregate).onErrorMap(this::translate);
    }

    /** A part of the matches. */
    public Flux<Versioned<S>> find(Bson filter, Bson sort, Paging paging) {
        return Flux.from(read(filter)
                        .sort(sort)
                        .skip(Math.toIntExact(Math.min(paging.offset(), Integer.MAX_VALUE)))
                        .limit(paging.limit()))
                .map(states::aggregate)
                .onErrorMap(this::translate);
    }

    /** All matches, in no particular order, as they are read. */
    public Flux<Versioned<S>> find(Bson filter) {
        return Flux.from(read(filter)).map(states::aggregate).onErrorMap(this::translate);
    }

    /** The ids of all aggregates. */
    public Flux<UUID> ids() {
        return aggregate(List.of(Aggregates.project(include("_id")))).map(row -> row.get("_id", UUID.class));
    }

    /** A part of the matches, and how many there are. */
    public Mono<Page<Versioned<S>>> page(Bson filter, Bson sort, Paging paging) {
        return Mono.zip(
                find(filter, sort, paging).collectList(),
                count(filter),
                (items, total) -> new Page<>(items, total, paging));
    }

    /** How many match. */
    public Mono<Long> count(Bson filter) {
        return Mono.from(collection.countDocuments(and(filter, ALIVE))).onErrorMap(this::translate);
    }

    /** Runs an aggregation pipeline over all aggregates that are not deleted. */
    public Flux<Document> aggregate(List<? extends Bson> pipeline) {
        List<Bson> stages = new ArrayList<>();
        stages.add(Aggregates.match(ALIVE));
        stages.addAll(pipeline);
        return Flux.from(collection.aggregate(stages, Document.class)).onErrorMap(this::translate);
    }

    /**
     * Reads, applies and writes; again where somebody else was faster, at most 5 times. A change that changes nothing is
     * not written. Empty where there is none.
     */
    public Mono<Versioned<S>> change(UUID id, Function<Versioned<S>, Change<S, E>> transition) {
        return Mono.defer(() -> find(id))
                .flatMap(current -> {
                    Change<S, E> change = transition.apply(current);
                    return change.events().isEmpty() && change.state().equals(current.state())
                            ? Mono.just(current)
                            : update(current, change);
                })
                .retryWhen(lostRaces());
    }

    private Retry lostRaces() {
        return Retry.backoff(ATTEMPTS - 1, Duration.ofMillis(5))
                .maxBackoff(Duration.ofMillis(100))
                .jitter(0.9)
                .filter(this::stale)
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

    /**
     * More messages for the outbox of the same write, derived from the aggregate before (null: inserted) and after
     * (null: deleted). Called while the application starts.
     */
    public void alsoSend(BiFunction<@Nullable Versioned<S>, @Nullable Versioned<S>, List<EventMessage>> derive) {
        derivations.add(derive);
    }

    /** Called after every successful write of this process with the id of the aggregate; must not block. */
    public void afterWrite(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    private List<BsonDocument> entries(
            @Nullable Versioned<S> before,
            @Nullable Versioned<S> after,
            Versioned<S> last,
            List<E> events,
            ContextView context) {
        List<EventMessage> messages = new ArrayList<>();
        events.forEach(event -> messages.add(definition.translate().apply(last, event)));
        derivations.forEach(derive -> messages.addAll(derive.apply(before, after)));
        return outbox.entries(messages, last.version(), context);
    }

    private List<Bson> update(Versioned<S> next, List<BsonDocument> entries) {
        List<Bson> updates =
                new ArrayList<>(List.of(set("version", next.version()), set("state", states.encode(next.state()))));
        if (!entries.isEmpty()) {
            updates.add(outbox.pushEvents(entries));
            updates.add(outbox.pending());
        }
        return updates;
    }

    private Mono<Versioned<S>> write(Versioned<S> current, Versioned<S> next, List<Bson> updates) {
        return Mono.from(collection.updateOne(
                        and(eq("_id", current.id()), eq("version", current.version()), ALIVE), combine(updates)))
                .onErrorMap(this::translate)
                .flatMap(result -> result.getMatchedCount() == 1
                        ? Mono.just(next)
                        : Mono.error(Failure.conflict(
                                definition.name() + ".stale", "It was changed by somebody else at the same moment.")))
                .doOnNext(this::written);
    }

    private boolean stale(Throwable error) {
        return error instanceof FailureException e
                && e.failure() instanceof Failure.Conflict conflict
                && conflict.code().equals(definition.name() + ".stale");
    }

    private void written(Versioned<S> aggregate) {
        outbox.bell().ring();
        for (Consumer<UUID> listener : listeners) {
            try {
                listener.accept(aggregate.id());
            } catch (RuntimeException e) {
                // the write is done: what somebody else makes of it cannot undo it
                LOG.error("after writing {} {}", definition.name(), aggregate.id(), e);
            }
        }
    }

    private Throwable translate(Throwable error) {
        return MongoFailures.conflictOr(error, definition.name(), definition.indexes());
    }

    private FindPublisher<RawBsonDocument> read(Bson filter) {
        return collection.find(and(filter, ALIVE), RawBsonDocument.class);
    }

    private static long version(BsonDocument document) {
        return document.getNumber("version").longValue();
    }

    private static @Nullable Long number(BsonDocument document) {
        BsonNumber number = document.containsKey("number") ? document.getNumber("number") : null;
        return number == null ? null : number.longValue();
    }
}
