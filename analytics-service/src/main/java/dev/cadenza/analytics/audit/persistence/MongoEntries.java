package dev.cadenza.analytics.audit.persistence;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.model.Accumulators;
import dev.cadenza.analytics.audit.AuditEntries;
import dev.cadenza.analytics.audit.AuditEntry;
import dev.cadenza.analytics.audit.AuditFilter;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.FactCollection;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Facts that contain an entry, searched by it. */
abstract class MongoEntries<F extends Record> implements AuditEntries {

    protected final FactCollection<F> facts;
    private final String path;
    private final Function<F, AuditEntry> entry;

    /**
     * Facts.
     *
     * @param path of the entry in the document, with a dot at its end
     */
    MongoEntries(FactCollection<F> facts, String path, Function<F, AuditEntry> entry) {
        this.facts = facts;
        this.path = path;
        this.entry = entry;
    }

    /** For every combination of what can be asked for; the id makes the order of one moment's entries certain. */
    static List<IndexSpec> indexes(String path) {
        return List.of(
                IndexSpec.on("-" + path + "at", "-_id"),
                IndexSpec.on(path + "userId", "-" + path + "at", "-_id"),
                IndexSpec.on(path + "action", "-" + path + "at", "-_id"),
                IndexSpec.on(path + "userId", path + "action", "-" + path + "at", "-_id"));
    }

    @Override
    public Flux<AuditEntry> find(AuditFilter filter, Paging paging) {
        return facts.find(bson(filter), newestFirst(), paging).map(entry);
    }

    @Override
    public Mono<Long> count(AuditFilter filter, int most) {
        return facts.aggregate(List.of(match(bson(filter)), limit(most), group(null, Accumulators.sum("count", 1))))
                .next()
                .map(MongoEntries::count)
                .defaultIfEmpty(0L);
    }

    @Override
    public Flux<AuditEntry> newest(Set<String> actions, Instant since, int most) {
        return facts.find(
                        and(in(path + "action", actions), gte(path + "at", since)), newestFirst(), new Paging(0, most))
                .map(entry);
    }

    @Override
    public Flux<AuditEntry> withIds(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : facts.find(in("_id", ids), newestFirst(), new Paging(0, ids.size()))
                        .map(entry);
    }

    static long count(Document group) {
        return group.get("count", Number.class).longValue();
    }

    private Bson newestFirst() {
        return descending(path + "at", "_id");
    }

    private Bson bson(AuditFilter filter) {
        List<Bson> parts = new ArrayList<>();
        if (filter.userId() != null) {
            parts.add(eq(path + "userId", filter.userId()));
        }
        if (filter.action() != null) {
            parts.add(eq(path + "action", filter.action()));
        }
        if (filter.from() != null) {
            parts.add(gte(path + "at", filter.from()));
        }
        if (filter.to() != null) {
            parts.add(lte(path + "at", filter.to()));
        }
        return parts.isEmpty() ? empty() : and(parts);
    }
}
