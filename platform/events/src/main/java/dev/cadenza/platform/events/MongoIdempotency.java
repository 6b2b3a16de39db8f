package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.cadenza.platform.core.idempotency.IdempotencyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Requests as documents {@code {_id, since, expiresAt, holder, leaseUntil, fingerprint?, answer?}}. */
final class MongoIdempotency implements IdempotencyStore {

    static final String COLLECTION = "idempotency";
    static final String EXPIRES_AT = "expiresAt";

    private static final String SINCE = "since";
    private static final String HOLDER = "holder";
    private static final String LEASE = "leaseUntil";
    private static final String FINGERPRINT = "fingerprint";
    private static final String ANSWER = "answer";

    private final MongoCollection<BsonDocument> collection;
    private final Clock clock;

    MongoIdempotency(MongoCollection<BsonDocument> collection, Clock clock) {
        this.collection = collection;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Claim> claim(String request, UUID holder, Duration lease, Duration retention) {
        return run(Mono.defer(() -> {
            Instant now = clock.instant();
            BsonDocument row = new BsonDocument("_id", new BsonString(request))
                    .append(SINCE, time(now))
                    .append(EXPIRES_AT, time(now.plus(retention)))
                    .append(HOLDER, new BsonBinary(holder))
                    .append(LEASE, time(now.plus(lease)));
            return Mono.from(collection.insertOne(row))
                    .<Claim>map(result -> new Claim.Granted(millis(now)))
                    .onErrorResume(
                            error -> "_id_".equals(MongoFailures.violatedIndex(error)),
                            error -> known(request, holder, lease, retention, now));
        }));
    }

    private Mono<Claim> known(String request, UUID holder, Duration lease, Duration retention, Instant now) {
        return Mono.from(collection.find(eq("_id", request)).first())
                .flatMap(row -> {
                    boolean expired = row.getDateTime(EXPIRES_AT).getValue() <= now.toEpochMilli();
                    if (row.containsKey(ANSWER) && !expired) {
                        return Mono.just(new Claim.Answered(
                                row.getBinary(FINGERPRINT).getData(),
                                row.getBinary(ANSWER).getData()));
                    }
                    if (!expired && row.getDateTime(LEASE).getValue() > now.toEpochMilli()) {
                        return Mono.just(new Claim.InWork());
                    }
                    Bson mine = combine(set(HOLDER, holder), set(LEASE, now.plus(lease)));
                    return takeOver(
                            row,
                            expired
                                    ? combine(
                                            mine,
                                            set(SINCE, now),
                                            set(EXPIRES_AT, now.plus(retention)),
                                            unset(FINGERPRINT),
                                            unset(ANSWER))
                                    : mine,
                            expired
                                    ? millis(now)
                                    : Instant.ofEpochMilli(
                                            row.getDateTime(SINCE).getValue()));
                })
                // swept between the two looks; who comes again finds nothing
                .defaultIfEmpty(new Claim.InWork());
    }

    private Mono<Claim> takeOver(BsonDocument row, Bson update, Instant since) {
        return Mono.from(collection.updateOne(
                        and(
                                eq("_id", row.get("_id")),
                                eq(HOLDER, row.get(HOLDER)),
                                eq(LEASE, row.get(LEASE)),
                                // where it expired there may be an answer
                                row.containsKey(ANSWER) ? exists(ANSWER) : exists(ANSWER, false)),
                        update))
                .map(result -> result.getMatchedCount() == 1 ? new Claim.Granted(since) : new Claim.InWork());
    }

    @Override
    public CompletionStage<@Nullable Void> prolong(String request, UUID holder, Duration lease) {
        return change(
                request,
                holder,
                Mono.fromSupplier(() -> set(LEASE, clock.instant().plus(lease))));
    }

    @Override
    public CompletionStage<Boolean> bind(String request, UUID holder, byte[] fingerprint) {
        return run(Mono.from(collection.updateOne(
                        and(held(request, holder), exists(FINGERPRINT, false)),
                        set(FINGERPRINT, new BsonBinary(fingerprint))))
                .filter(result -> result.getMatchedCount() == 0)
                .flatMap(result ->
                        Mono.from(collection.find(held(request, holder)).first()))
                .map(row -> Arrays.equals(row.getBinary(FINGERPRINT).getData(), fingerprint))
                .defaultIfEmpty(true));
    }

    @Override
    public CompletionStage<@Nullable Void> remember(String request, UUID holder, byte[] answer) {
        return run(Mono.from(collection.updateOne(
                        and(held(request, holder), exists(FINGERPRINT)), set(ANSWER, new BsonBinary(answer))))
                .then());
    }

    @Override
    public CompletionStage<@Nullable Void> release(String request, UUID holder) {
        return change(request, holder, Mono.just(set(LEASE, Instant.EPOCH)));
    }

    private CompletionStage<@Nullable Void> change(String request, UUID holder, Mono<Bson> update) {
        return run(update.flatMap(change -> Mono.<UpdateResult>from(
                        collection.updateOne(and(held(request, holder), exists(ANSWER, false)), change)))
                .then());
    }

    /** Forgets what has expired. */
    Mono<Long> sweep() {
        return Mono.defer(() -> Mono.from(collection.deleteMany(lt(EXPIRES_AT, clock.instant()))))
                .map(DeleteResult::getDeletedCount)
                .onErrorMap(MongoFailures::translate);
    }

    private static Bson held(String request, UUID holder) {
        return and(eq("_id", request), eq(HOLDER, holder));
    }

    private static BsonDateTime time(Instant time) {
        return new BsonDateTime(time.toEpochMilli());
    }

    private static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    /** Runs to its end whatever becomes of the request: half a claim helps nobody. */
    private static <T> CompletionStage<T> run(Mono<T> work) {
        return work.onErrorMap(MongoFailures::translate).toFuture();
    }
}
