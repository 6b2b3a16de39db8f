package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.min;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.cadenza.contracts.EventEnvelope.Origin;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.identity.ClientOrigin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The outbox fields of one collection's documents: {@code outbox} holds the events that are not published yet,
 * {@code pendingSince} marks documents that have some, {@code leaseUntil} says that a relay is at it.
 */
final class Outbox {

    /** Events of one change; more would make two changes share sequence numbers. */
    static final int MAX_EVENTS = 1_000;

    static final String PENDING_SINCE = "pendingSince";
    static final String DELETED_AT = "deletedAt";
    // findOneAndUpdate answers BEFORE everywhere: the local stand-in answers AFTER with a document that goes on
    // changing
    private static final String EVENTS = "outbox";
    private static final String LEASE = "leaseUntil";
    private static final String ORIGIN = "origin";

    /** An event on its way out. */
    record Entry(
            UUID eventId,
            long seq,
            String type,
            int v,
            Instant at,
            String topic,
            @Nullable String traceparent,
            @Nullable String requestId,
            @Nullable Origin origin,
            String data) {

        private static Entry of(BsonDocument stored) {
            return new Entry(
                    stored.getBinary("eventId").asUuid(),
                    stored.getInt64("seq").getValue(),
                    stored.getString("type").getValue(),
                    stored.getInt32("v").getValue(),
                    Instant.ofEpochMilli(stored.getDateTime("at").getValue()),
                    stored.getString("topic").getValue(),
                    text(stored, "traceparent"),
                    text(stored, "requestId"),
                    origin(stored.get(ORIGIN)),
                    stored.getString("data").getValue());
        }

        private static @Nullable Origin origin(@Nullable BsonValue stored) {
            return stored == null
                    ? null
                    : new Origin(
                            stored.asDocument().getString("ip").getValue(),
                            stored.asDocument().getString("userAgent").getValue());
        }

        private static @Nullable String text(BsonDocument document, String field) {
            BsonValue value = document.get(field);
            return value == null ? null : value.asString().getValue();
        }
    }

    /** A document that this relay may publish until the lease ends. */
    record Claim(UUID id, List<Entry> events, Instant leaseUntil) {}

    private final MongoCollection<BsonDocument> collection;
    private final String topic;
    private final boolean compacted;
    private final Clock clock;
    private final Bell bell = new Bell();

    Outbox(MongoCollection<BsonDocument> collection, String topic, boolean compacted, Clock clock) {
        this.collection = collection;
        this.topic = topic;
        this.compacted = compacted;
        this.clock = clock;
    }

    String name() {
        return collection.getNamespace().getCollectionName();
    }

    String topic() {
        return topic;
    }

    /** Whether the topic keeps the newest event of each key forever. */
    boolean compacted() {
        return compacted;
    }

    Bell bell() {
        return bell;
    }

    /** The events as the outbox stores them; their order is that of {@code messages}. */
    List<BsonDocument> entries(List<EventMessage> messages, long version, ContextView context) {
        if (messages.size() >= MAX_EVENTS) {
            throw new IllegalArgumentException(messages.size() + " events in one change");
        }
        Instant now = clock.instant();
        List<BsonDocument> entries = new ArrayList<>();
        for (EventMessage message : messages) {
            String destination = message.topic() == null ? topic : message.topic();
            if (destination.isEmpty()) {
                throw new IllegalStateException(name() + " has no topic for " + message.type());
            }
            BsonDocument entry = new BsonDocument("eventId", new BsonBinary(Ids.next()))
                    .append("seq", new BsonInt64(version * MAX_EVENTS + entries.size()))
                    .append("type", new BsonString(message.type()))
                    .append("v", new BsonInt32(message.v()))
                    .append("at", new BsonDateTime(now.toEpochMilli()))
                    .append("topic", new BsonString(destination))
                    .append("data", new BsonString(EventJson.MAPPER.writeValueAsString(message.data())));
            for (String key : List.of(Tracing.TRACEPARENT, Tracing.REQUEST_ID)) {
                if (context.getOrDefault(key, null) instanceof String value) {
                    entry.append(key, new BsonString(value));
                }
            }
            if (context.getOrDefault(ClientOrigin.class, null) instanceof ClientOrigin origin) {
                entry.append(
                        ORIGIN,
                        new BsonDocument("ip", new BsonString(origin.ip()))
                                .append("userAgent", new BsonString(origin.userAgent())));
            }
            entries.add(entry);
        }
        return entries;
    }

    /** The part of an update that adds events; goes with {@link #pending}. */
    Bson pushEvents(List<BsonDocument> entries) {
        return pushEach(EVENTS, entries);
    }

    /** The fields of a new document that hold these events. */
    void into(BsonDocument document, List<BsonDocument> entries) {
        document.append(EVENTS, new BsonArray(entries));
        if (!entries.isEmpty()) {
            document.append(PENDING_SINCE, new BsonDateTime(now().toEpochMilli()));
        }
    }

    /**
     * The part of an update that tells the relay of a document, a tombstone even where it has no events. {@code $min} and
     * not {@code $set}: a busy aggregate would never become the oldest.
     */
    Bson pending() {
        return min(PENDING_SINCE, now());
    }

    /** Takes the document that has waited longest; empty where none waits. */
    Mono<Claim> claim(Duration lease) {
        return Mono.defer(() -> {
            Instant now = now();
            Instant until = now.plus(lease);
            return Mono.from(collection.findOneAndUpdate(
                            and(exists(PENDING_SINCE), not(gte(LEASE, now))),
                            set(LEASE, until),
                            new FindOneAndUpdateOptions()
                                    .sort(ascending(PENDING_SINCE))
                                    .projection(include(EVENTS))
                                    .returnDocument(ReturnDocument.BEFORE)))
                    .map(document -> new Claim(
                            document.getBinary("_id").asUuid(),
                            document.getArray(EVENTS).stream()
                                    .map(event -> Entry.of(event.asDocument()))
                                    .toList(),
                            until));
        });
    }

    /**
     * Forgets what was published and gives the document back. It goes to the end of the queue where more events wait,
     * and away where it is a tombstone without any.
     */
    Mono<Void> settle(UUID id, List<UUID> published) {
        return Mono.from(collection.findOneAndUpdate(
                        eq("_id", id),
                        combine(pull(published), unset(LEASE), set(PENDING_SINCE, now())),
                        new FindOneAndUpdateOptions()
                                .projection(include(EVENTS, DELETED_AT))
                                .returnDocument(ReturnDocument.BEFORE)))
                .flatMap(document -> {
                    if (document.getArray(EVENTS).size() > published.size()) {
                        return Mono.empty();
                    }
                    Bson drained = and(eq("_id", id), size(EVENTS, 0));
                    return document.containsKey(DELETED_AT)
                            ? Mono.from(collection.deleteOne(and(drained, exists(DELETED_AT))))
                                    .then()
                            : Mono.from(collection.updateOne(
                                            and(drained, exists(DELETED_AT, false)), unset(PENDING_SINCE)))
                                    .then();
                });
    }

    /** Forgets what was published, and leaves the document alone for a while because its next event could not be sent. */
    Mono<Void> postpone(UUID id, List<UUID> published, Duration pause) {
        return Mono.defer(() -> Mono.from(
                        collection.updateOne(eq("_id", id), combine(pull(published), set(LEASE, now().plus(pause))))))
                .then();
    }

    private static Bson pull(List<UUID> published) {
        return new Document("$pull", new Document(EVENTS, new Document("eventId", new Document("$in", published))));
    }

    /** Documents with unpublished events. */
    Mono<Long> pendingCount() {
        return Mono.from(collection.countDocuments(exists(PENDING_SINCE)));
    }

    /** When the document that has waited longest was changed. */
    Mono<Instant> oldest() {
        return Mono.from(collection
                        .find(exists(PENDING_SINCE))
                        .sort(ascending(PENDING_SINCE))
                        .projection(include(PENDING_SINCE))
                        .limit(1)
                        .first())
                .map(document ->
                        Instant.ofEpochMilli(document.getDateTime(PENDING_SINCE).getValue()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
