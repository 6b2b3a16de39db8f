package dev.cadenza.catalog.search;

import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Where the index is kept, for this instance alone. Writes of one thing must not overlap. */
public interface IndexStore {

    /**
     * These ids are what {@code present} says, and gone where it says nothing; searches see it when this completes.
     *
     * @param round number of the latest round over everything that has begun
     */
    Mono<Void> write(Kind kind, Collection<UUID> ids, Collection<? extends Findable> present, long round);

    /** A round over everything ended: what it did not come across is gone. Keeps the index for the next start. */
    Mono<Void> complete(long round);

    /** Keeps what was written for the next start. */
    Mono<Void> save();

    /** Whether a round over everything ever ended. */
    boolean isComplete();
}
