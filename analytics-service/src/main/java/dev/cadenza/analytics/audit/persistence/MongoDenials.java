package dev.cadenza.analytics.audit.persistence;

import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.Denials;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.FactDefinition;
import java.util.function.Function;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Refused requests in MongoDB. */
@Repository
class MongoDenials extends MongoEntries<AuditEntry> implements Denials {

    private static final String PATH = "fact.";

    MongoDenials(Aggregates aggregates) {
        super(
                aggregates.facts(FactDefinition.unpublished("audit_denials", AuditEntry.class, indexes(PATH))),
                PATH,
                Function.identity());
    }

    @Override
    public Mono<Void> record(AuditEntry denial) {
        return facts.record(denial.id(), denial);
    }
}
