package dev.cadenza.auth.token.persistence;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoWriteException;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.jwk.ECKey;
import dev.cadenza.auth.token.SigningKeys;
import java.text.ParseException;
import java.time.Clock;
import org.bson.Document;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** One document holds the key; whoever inserts it first wins. */
@Repository
class MongoSigningKeys implements SigningKeys {

    private static final String ID = "ES256";
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> collection;
    private final Clock clock;

    MongoSigningKeys(MongoDatabase database, Clock clock) {
        this.collection = database.getCollection("signing_keys");
        this.clock = clock;
    }

    @Override
    public Mono<ECKey> currentOr(ECKey candidate) {
        Document document =
                new Document("_id", ID).append("jwk", candidate.toJSONString()).append("createdAt", clock.instant());
        return stored().switchIfEmpty(Mono.defer(() -> Mono.from(collection.insertOne(document)))
                .onErrorResume(
                        error -> error instanceof MongoWriteException e && e.getCode() == DUPLICATE_KEY,
                        taken -> Mono.empty())
                .then(stored()));
    }

    private Mono<ECKey> stored() {
        return Mono.from(collection.find(eq("_id", ID)).first()).map(MongoSigningKeys::parse);
    }

    private static ECKey parse(Document document) {
        try {
            return ECKey.parse(document.getString("jwk"));
        } catch (ParseException e) {
            throw new IllegalStateException("the stored signing key cannot be read", e);
        }
    }
}
