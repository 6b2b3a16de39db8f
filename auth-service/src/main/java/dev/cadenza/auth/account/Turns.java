package dev.cadenza.auth.account;

import dev.cadenza.platform.core.Failure;
import reactor.core.publisher.Mono;

/** Work that must not happen twice at the same moment, in whichever instances. */
public interface Turns {

    /** Does the work when nobody else is at work under this name; {@link Failure.Unavailable} where that takes too long. */
    <T> Mono<T> inTurn(String name, Mono<T> work);
}
