package dev.cadenza.analytics.audit;

import dev.cadenza.platform.core.Paging;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Entries that can be searched. */
public interface AuditEntries {

    /** A part of what is meant, newest first. */
    Flux<AuditEntry> find(AuditFilter filter, Paging paging);

    /** How many are meant; counts no further than {@code most}. */
    Mono<Long> count(AuditFilter filter, int most);

    /** The newest of these kinds since a moment, newest first. */
    Flux<AuditEntry> newest(Set<String> actions, Instant since, int most);

    /** Those with these ids, in no particular order. */
    Flux<AuditEntry> withIds(Collection<UUID> ids);
}
