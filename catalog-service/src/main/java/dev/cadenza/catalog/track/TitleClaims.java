package dev.cadenza.catalog.track;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Who is giving a title to a track at this moment, where an owner's titles are kept apart. */
public interface TitleClaims {

    /** Claims the title; false where somebody else has it now. A claim that is not given back ends by itself. */
    Mono<Boolean> take(UUID ownerId, String title, Instant now, Instant until);

    /** Gives back the claim that ends then; nothing where it is somebody else's by now. */
    Mono<Void> release(UUID ownerId, String title, Instant until);
}
