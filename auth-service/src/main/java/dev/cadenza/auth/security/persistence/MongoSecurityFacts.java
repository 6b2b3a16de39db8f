package dev.cadenza.auth.security.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.cadenza.auth.security.SecurityFact;
import dev.cadenza.auth.security.SecurityFacts;
import dev.cadenza.auth.security.messaging.SecurityFactTranslator;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.FactDefinition;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class MongoSecurityFacts implements SecurityFacts {

    private static final String NAME = "security_facts";
    private static final String AT = "fact.at";

    private final FactCollection<SecurityFact> facts;
    private final MongoCollection<Document> rows;

    MongoSecurityFacts(Aggregates aggregates, MongoDatabase database) {
        this.facts = aggregates.facts(new FactDefinition<>(
                NAME,
                SecurityFact.class,
                SecurityFactTranslator.TOPIC,
                SecurityFactTranslator::translate,
                List.of(IndexSpec.on(AT))));
        this.rows = database.getCollection(NAME);
    }

    @Override
    public Mono<Void> add(UUID id, SecurityFact fact) {
        return facts.record(id, fact);
    }

    @Override
    public Mono<Long> forget(Instant before) {
        // whoever keeps them for good has heard of them: analytics-service
        return Mono.from(rows.deleteMany(and(lt(AT, before), exists("pendingSince", false))))
                .map(result -> result.getDeletedCount());
    }
}
