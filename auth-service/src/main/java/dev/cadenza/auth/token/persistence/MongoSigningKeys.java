package dev.cadenza.auth.token.persistence;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.auth.token.SigningKeyRing;
import dev.cadenza.auth.token.SigningKeys;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.bson.Document;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** One aggregate holds all keys; whoever inserts it first wins. */
@Repository
class MongoSigningKeys implements SigningKeys {

    private static final UUID RING = new UUID(0, 1);

    /** Id of the document in which earlier versions kept their only key. */
    private static final String UNENCRYPTED = "ES256";

    private final AggregateCollection<SigningKeyRing, Void> collection;
    private final MongoCollection<Document> documents;

    MongoSigningKeys(Aggregates aggregates, MongoDatabase database) {
        this.collection = aggregates.collection(
                AggregateDefinition.unpublished("signing_keys", SigningKeyRing.class, false, List.of()));
        this.documents = database.getCollection("signing_keys");
    }

    @Override
    public Mono<SigningKeyRing> find() {
        return collection.find(RING).map(Versioned::state);
    }

    @Override
    public Mono<SigningKeyRing> insert(SigningKeyRing ring) {
        return collection
                .insert(RING, Change.of(ring))
                .map(Versioned::state)
                .onErrorResume(
                        error -> error instanceof FailureException e && e.failure() instanceof Failure.Conflict,
                        taken -> find());
    }

    @Override
    public Mono<SigningKeyRing> change(Function<SigningKeyRing, Change<SigningKeyRing, Void>> transition) {
        return collection.change(RING, ring -> transition.apply(ring.state())).map(Versioned::state);
    }

    @Override
    public Mono<String> unencrypted() {
        return Mono.from(documents.find(eq("_id", UNENCRYPTED)).first())
                .map(document -> document.getString("jwk"))
                .onErrorMap(MongoException.class, error -> unavailable());
    }

    @Override
    public Mono<Void> removeUnencrypted() {
        return Mono.from(documents.deleteOne(eq("_id", UNENCRYPTED)))
                .then()
                .onErrorMap(MongoException.class, error -> unavailable());
    }

    private static Throwable unavailable() {
        return Failure.unavailable("store.unavailable", "The service does not answer. Try again soon.", 5);
    }
}
