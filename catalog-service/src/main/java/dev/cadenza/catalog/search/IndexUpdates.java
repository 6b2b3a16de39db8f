package dev.cadenza.catalog.search;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Keeps the index of this instance up to date. */
public interface IndexUpdates {

    /** Something is not what it was: looked at soon. */
    void changed(Kind kind, UUID id);

    /** Something will not be what it was once somebody else has heard of it, too: looked at a few times. */
    void changesSoon(Kind kind, UUID id);

    /** Goes over everything once more, in the background. */
    void rebuild();

    /** The same, told of when it is done: how many things there are. */
    Mono<Long> rebuilt();

    /**
     * Completes when the index knows what was {@link #changed} before, or does not come to know it within a second;
     * {@code Failure.Unavailable} where it does not know everything yet.
     */
    Mono<Void> settled();
}
