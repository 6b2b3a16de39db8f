package dev.cadenza.analytics.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The chain. Rows are added at its end and never changed. */
public interface AuditLog extends AuditEntries {

    /** Adds a row; an entry that is there already changes nothing. */
    Mono<Void> append(AuditEntry entry);

    /** Place of the newest row; {@link Anchor#BEGINNING} where there is none. */
    Mono<Anchor> head();

    /** A place that the chain has reached, perhaps a while ago: asks the store only where this process knows none. */
    Mono<Anchor> reached();

    /** The row at a place; empty where there is none. */
    Mono<AuditRow> at(long seq);

    /**
     * Rows in the order of the chain, both ends included, as they are read. Fails with {@link UnreadableRowException}
     * at one that is none.
     */
    Flux<AuditRow> rows(long first, long last);

    /** Whether something is stored among the rows that has no place in the chain. */
    Mono<Boolean> hasStrays();

    /** How many rows of each action come after a place; of one account, or of all where it is null. */
    Mono<Map<String, Long>> countAfter(long seq, @Nullable UUID user);

    /** Whether an account did one of these from a network before a moment. */
    Mono<Boolean> wasSeen(UUID user, String network, Set<String> actions, Instant before);
}
