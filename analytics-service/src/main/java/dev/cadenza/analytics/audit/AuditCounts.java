package dev.cadenza.analytics.audit;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Numbers of rows by account and action, up to some place of the chain. */
public interface AuditCounts {

    /**
     * Numbers.
     *
     * @param upTo place of the chain up to which they count
     */
    record Counted(long upTo, Map<String, Long> actions) {}

    /** Of an account, or of everything where it is null. */
    Mono<Counted> of(@Nullable UUID user);

    /** Adds numbers that lead up to a place; changes nothing where that was done. */
    Mono<Void> add(@Nullable UUID user, Map<String, Long> actions, long upTo);

    /** Place up to which every account's rows are counted. */
    Mono<Long> countedUpTo();

    /** Says that every account's rows are counted up to a place. */
    Mono<Void> countedUpTo(long seq);
}
