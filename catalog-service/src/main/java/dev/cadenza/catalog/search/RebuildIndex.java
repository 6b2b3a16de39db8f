package dev.cadenza.catalog.search;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Has every instance make its index anew from the databases; searches go on meanwhile. */
@Component
public final class RebuildIndex {

    private final RebuildRequests requests;
    private final Supplier<UUID> ids;
    private final Clock clock;

    RebuildIndex(RebuildRequests requests, Supplier<UUID> ids, Clock clock) {
        this.requests = requests;
        this.ids = ids;
        this.clock = clock;
    }

    /** Completes when the wish is stored; the work has not begun then. */
    public Mono<Void> rebuild(UUID administrator) {
        return Mono.defer(() -> requests.add(ids.get(), new RebuildRequests.Request(administrator, clock.instant())));
    }
}
