package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.reactivestreams.client.MongoCollection;
import dev.cadenza.platform.core.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import reactor.core.publisher.Mono;

/**
 * Effects that have no natural id: claimed with a lease, marked done after the effect. Marking first would lose the
 * effect on a crash, checking first would let two through. An effect outside the database may still happen twice, after
 * a crash between it and the mark: pass the event's id along as its idempotency key.
 */
public final class Inbox {

    static final String COLLECTION = "inbox";
    private static final String LEASE = "leaseUntil";
    private static final String DONE = "doneAt";

    private final MongoCollection<BsonDocument> collection;
    private final Clock clock;
    private final Duration lease;

    Inbox(MongoCollection<BsonDocument> collection, Clock clock, Duration lease) {
        this.collection = collection;
        this.clock = clock;
        this.lease = lease;
    }

    /**
     * Runs the effect unless it was done already; true where it ran. {@code Failure.Unavailable} while another instance
     * is at it, so that the event is offered again. An effect that fails may be tried again at once.
     *
     * @param consumer what the effect is, unique in the service
     */
    public Mono<Boolean> once(String consumer, UUID eventId, Mono<Void> effect) {
        String id = consumer + ":" + eventId;
        return claim(id)
                .flatMap(mine -> mine
                        ? effect.then(Mono.defer(() -> mark(id)))
                                .onErrorResume(
                                        error -> release(id).onErrorComplete().then(Mono.error(error)))
                                .thenReturn(true)
                        : Mono.just(false))
                .onErrorMap(MongoFailures::translate);
    }

    private Mono<Boolean> claim(String id) {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            BsonDocument row = new BsonDocument("_id", new BsonString(id))
                    .append("at", new BsonDateTime(now.toEpochMilli()))
                    .append(LEASE, new BsonDateTime(now.plus(lease).toEpochMilli()));
            return Mono.from(collection.insertOne(row))
                    .map(result -> true)
                    .onErrorResume(error -> MongoFailures.violatedIndex(error) != null, error -> takeOver(id, now));
        });
    }

    private Mono<Boolean> takeOver(String id, Instant now) {
        return Mono.from(collection.updateOne(
                        and(eq("_id", id), exists(DONE, false), lt(LEASE, now)), set(LEASE, now.plus(lease))))
                .flatMap(result -> result.getMatchedCount() == 1 ? Mono.just(true) : done(id));
    }

    private Mono<Boolean> done(String id) {
        return Mono.from(collection.find(and(eq("_id", id), exists(DONE))).first())
                .map(row -> false)
                .switchIfEmpty(Mono.error(
                        () -> Failure.unavailable("event.in_progress", "Another instance is working on it.", 1)));
    }

    private Mono<Void> mark(String id) {
        return Mono.from(collection.updateOne(eq("_id", id), combine(set(DONE, clock.instant()))))
                .then();
    }

    private Mono<Void> release(String id) {
        return Mono.from(collection.updateOne(and(eq("_id", id), exists(DONE, false)), set(LEASE, Instant.EPOCH)))
                .then();
    }
}
