package dev.cadenza.analytics.audit.persistence;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nor;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.model.Accumulators;
import dev.cadenza.analytics.audit.Anchor;
import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.AuditLog;
import dev.cadenza.analytics.audit.AuditRow;
import dev.cadenza.analytics.audit.UnreadableRowException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.FactDefinition;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.bson.BSONException;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The chain in MongoDB. The unique index on {@code seq} lets one of all instances write the row after the head, and who
 * was slower continues from that row. Several rows go in one ordered insert, which ends at the first that is refused: what
 * is stored is a chain at every moment.
 */
@Repository
class MongoAuditLog extends MongoEntries<AuditRow> implements AuditLog {

    private static final String SEQ = "fact.seq";
    private static final String ENTRY = "fact.entry.";
    private static final int ROWS_AT_ONCE = 200;

    private final GroupCommit<AuditEntry> commits = new GroupCommit<>(ROWS_AT_ONCE, this::write);
    private volatile @Nullable Anchor known;

    MongoAuditLog(Aggregates aggregates) {
        super(
                aggregates.facts(FactDefinition.unpublished("audit", AuditRow.class, allIndexes())),
                ENTRY,
                AuditRow::entry);
    }

    private static List<IndexSpec> allIndexes() {
        List<IndexSpec> all = new ArrayList<>(indexes(ENTRY));
        all.add(IndexSpec.unique("audit.taken", "There is a row in this place.", SEQ));
        all.add(IndexSpec.on(ENTRY + "userId", "fact.network", ENTRY + "at"));
        return all;
    }

    @Override
    public Mono<Void> append(AuditEntry entry) {
        return commits.add(entry);
    }

    private Mono<Void> write(List<AuditEntry> entries) {
        return reached()
                .flatMap(head -> write(head, entries))
                // whether it was written is not known
                .doOnError(error -> known = null);
    }

    private Mono<Void> write(Anchor head, List<AuditEntry> entries) {
        SequencedMap<UUID, AuditRow> rows = new LinkedHashMap<>();
        List<Anchor> reached = new ArrayList<>(List.of(head));
        for (AuditEntry entry : entries) {
            if (!rows.containsKey(entry.id())) {
                AuditRow row = AuditRow.after(reached.getLast(), entry);
                rows.put(entry.id(), row);
                reached.add(row.anchor());
            }
        }
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        return facts.recordInOrder(rows).flatMap(recorded -> {
            Anchor last = reached.get(recorded.stored());
            known = last;
            String refusedBy = recorded.refusedBy();
            if (refusedBy == null) {
                return Mono.empty();
            }
            List<AuditEntry> rest = rows.sequencedValues().stream()
                    .skip(recorded.stored())
                    .map(AuditRow::entry)
                    .toList();
            return refusedBy.equals("_id_")
                    ? write(last, rest.subList(1, rest.size())) // it is in the log already
                    : head().flatMap(newer -> write(newer, rest)); // somebody else was faster
        });
    }

    /** Reads no more than it needs: somebody who spoils the newest row does not stop the log. */
    @Override
    public Mono<Anchor> head() {
        // the filter says that the field is there: the index is sparse
        return facts.aggregate(List.of(
                        match(gte(SEQ, 1)), sort(descending(SEQ)), limit(1), project(include(SEQ, "fact.hash"))))
                .next()
                .map(row -> row.get("fact", Document.class))
                .map(row -> new Anchor(row.get("seq", Number.class).longValue(), String.valueOf(row.get("hash"))))
                .defaultIfEmpty(Anchor.BEGINNING);
    }

    @Override
    public Mono<Anchor> reached() {
        return Mono.justOrEmpty(known).switchIfEmpty(Mono.defer(this::head).doOnNext(head -> known = head));
    }

    @Override
    public Mono<AuditRow> at(long seq) {
        return rows(eq(SEQ, seq), ascending(SEQ), 1).next();
    }

    @Override
    public Flux<AuditRow> rows(long first, long last) {
        return rows(and(gte(SEQ, first), lte(SEQ, last)), ascending(SEQ), Integer.MAX_VALUE);
    }

    private Flux<AuditRow> rows(Bson filter, Bson sort, int most) {
        return facts.find(filter, sort, new Paging(0, most))
                .onErrorMap(BSONException.class, UnreadableRowException::new)
                .onErrorMap(CodecConfigurationException.class, UnreadableRowException::new);
    }

    @Override
    public Mono<Boolean> hasStrays() {
        return facts.aggregate(List.of(match(nor(gte(SEQ, 1))), limit(1))).hasElements();
    }

    @Override
    public Mono<Map<String, Long>> countAfter(long seq, @Nullable UUID user) {
        // few rows, whoever's they are: asking for the user's in the database might walk through all of his
        return facts.aggregate(List.of(
                        match(gt(SEQ, seq)),
                        group(
                                new Document("user", "$" + ENTRY + "userId").append("action", "$" + ENTRY + "action"),
                                Accumulators.sum("count", 1))))
                .filter(row -> user == null
                        || user.equals(row.get("_id", Document.class).get("user")))
                .collect(
                        HashMap::new,
                        (counts, row) -> counts.merge(
                                row.get("_id", Document.class).getString("action"), count(row), Long::sum));
    }

    @Override
    public Mono<Boolean> wasSeen(UUID user, String network, Set<String> actions, Instant before) {
        return facts.aggregate(List.of(
                        match(and(
                                eq(ENTRY + "userId", user),
                                eq("fact.network", network),
                                lt(ENTRY + "at", before),
                                in(ENTRY + "action", actions))),
                        limit(1)))
                .hasElements();
    }
}
