package dev.cadenza.catalog.search;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Wishes to have the index made anew, which every instance hears of. */
public interface RebuildRequests {

    /** A wish. */
    record Request(UUID requestedBy, Instant at) {}

    /** Keeps it and tells everybody. */
    Mono<Void> add(UUID id, Request request);
}
