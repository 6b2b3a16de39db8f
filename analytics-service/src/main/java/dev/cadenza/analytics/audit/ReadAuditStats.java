package dev.cadenza.analytics.audit;

import dev.cadenza.analytics.audit.AuditCounts.Counted;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How many rows there are of each action. */
public final class ReadAuditStats {

    private final AuditLog log;
    private final AuditCounts counts;

    public ReadAuditStats(AuditLog log, AuditCounts counts) {
        this.log = log;
        this.counts = counts;
    }

    /** By action, in the order of their names; of an account, or of everything where it is null. */
    public Mono<Map<String, Long>> read(@Nullable UUID user) {
        // first how far all are counted: an account that is further says so itself
        return counts.countedUpTo()
                .flatMap(everybody -> counts.of(user)
                        .flatMap(counted -> log.countAfter(Math.max(everybody, counted.upTo()), user)
                                .map(rest -> sum(counted, rest))));
    }

    private static Map<String, Long> sum(Counted counted, Map<String, Long> rest) {
        Map<String, Long> all = new TreeMap<>(counted.actions());
        rest.forEach((action, count) -> all.merge(action, count, Long::sum));
        return all;
    }
}
