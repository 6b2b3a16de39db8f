package dev.cadenza.analytics.audit.persistence;

import dev.cadenza.analytics.audit.AuditCounts;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.ProjectionCollection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Counts in MongoDB: projections of the chain, guarded by its {@code seq}. Two instances that add the same numbers read the
 * same row before, and the second is refused.
 */
@Repository
class MongoAuditCounts implements AuditCounts {

    /** No account has such an id. */
    private static final UUID EVERYTHING = new UUID(0, 0);

    private static final UUID PLACE = new UUID(0, 1);

    private final ProjectionCollection<Stored> rows;

    /** Actions have dots, which names of fields must not. */
    record Stored(long upTo, List<Action> actions) {

        static final Stored NOTHING = new Stored(0, List.of());

        record Action(String name, long count) {}

        static Stored of(long upTo, Map<String, Long> actions) {
            return new Stored(
                    upTo,
                    actions.entrySet().stream()
                            .map(action -> new Action(action.getKey(), action.getValue()))
                            .toList());
        }

        Map<String, Long> byName() {
            return actions.stream().collect(Collectors.toMap(Action::name, Action::count));
        }
    }

    MongoAuditCounts(Aggregates aggregates) {
        this.rows = aggregates.projection("audit_counts", Stored.class, List.of());
    }

    @Override
    public Mono<Counted> of(@Nullable UUID user) {
        return find(id(user)).map(stored -> new Counted(stored.upTo(), stored.byName()));
    }

    @Override
    public Mono<Void> add(@Nullable UUID user, Map<String, Long> actions, long upTo) {
        UUID id = id(user);
        return find(id).filter(stored -> stored.upTo() < upTo)
                .flatMap(stored -> {
                    Map<String, Long> sums = new TreeMap<>(stored.byName());
                    actions.forEach((action, count) -> sums.merge(action, count, Long::sum));
                    return rows.apply(id, upTo, Stored.of(upTo, sums));
                })
                .then();
    }

    @Override
    public Mono<Long> countedUpTo() {
        return find(PLACE).map(Stored::upTo);
    }

    @Override
    public Mono<Void> countedUpTo(long seq) {
        return rows.apply(PLACE, seq, Stored.of(seq, Map.of())).then();
    }

    private Mono<Stored> find(UUID id) {
        return rows.find(id).defaultIfEmpty(Stored.NOTHING);
    }

    private static UUID id(@Nullable UUID user) {
        return user == null ? EVERYTHING : user;
    }
}
