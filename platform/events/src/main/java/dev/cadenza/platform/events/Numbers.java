package dev.cadenza.platform.events;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Positive integers, one sequence per collection; a number that was given out is never given out again. */
final class Numbers {

    private final MongoCollection<BsonDocument> counters;

    Numbers(MongoDatabase database) {
        this.counters = database.getCollection("counters", BsonDocument.class);
    }

    /** Makes the counter, so that the first numbers are not a race to make it. */
    Mono<Void> prepare(String collection) {
        return Mono.defer(() -> Mono.from(counters.updateOne(
                        eq("_id", collection), setOnInsert("last", 0L), new UpdateOptions().upsert(true))))
                .onErrorComplete(error -> MongoFailures.violatedIndex(error) != null)
                .then();
    }

    Mono<Long> next(String collection) {
        return Mono.defer(() -> Mono.from(counters.findOneAndUpdate(
                        eq("_id", collection),
                        inc("last", 1L),
                        // the local stand-in answers AFTER with a document that goes on changing
                        new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.BEFORE))))
                .map(before -> before.getNumber("last").longValue() + 1)
                .defaultIfEmpty(1L)
                // two upserts of the first number at once: one of them loses
                .retryWhen(Retry.max(3).filter(error -> MongoFailures.violatedIndex(error) != null));
    }
}
