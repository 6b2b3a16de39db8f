package dev.cadenza.analytics.audit.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.analytics.audit.Anchor;
import dev.cadenza.analytics.audit.Anchors;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.FactDefinition;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Anchors in MongoDB; the place is the id. */
@Repository
class MongoAnchors implements Anchors {

    private static final String SEQ = "fact.seq";

    private final FactCollection<Stored> facts;

    record Stored(long seq, String hash, Instant at) {
        Anchor anchor() {
            return new Anchor(seq, hash);
        }
    }

    MongoAnchors(Aggregates aggregates) {
        this.facts =
                aggregates.facts(FactDefinition.unpublished("audit_anchors", Stored.class, List.of(IndexSpec.on(SEQ))));
    }

    @Override
    public Mono<Void> record(Anchor anchor, Instant at) {
        return facts.record(new UUID(0, anchor.seq()), new Stored(anchor.seq(), anchor.hash(), at));
    }

    @Override
    public Mono<Anchor> last() {
        return facts.find(gte(SEQ, 1), descending(SEQ), new Paging(0, 1)).next().map(Stored::anchor);
    }

    @Override
    public Flux<Anchor> between(long first, long last) {
        return facts.find(and(gte(SEQ, first), lte(SEQ, last)), ascending(SEQ), new Paging(0, Integer.MAX_VALUE))
                .map(Stored::anchor);
    }
}
