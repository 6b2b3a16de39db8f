package dev.cadenza.auth.secondfactor;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where second factors are kept, under the ids of their accounts. */
public interface SecondFactors {

    /** Empty where the account has none. */
    Mono<Versioned<SecondFactor>> find(UUID account);

    /** Stores the first one; {@code Conflict} where there is one. */
    Mono<Versioned<SecondFactor>> insert(UUID account, Change<SecondFactor, SecondFactor.Event> change);

    /** Writes the change, again where somebody else was faster. Empty where there is none. */
    Mono<Versioned<SecondFactor>> change(
            UUID account, Function<SecondFactor, Change<SecondFactor, SecondFactor.Event>> transition);

    /** Removes it. */
    Mono<Void> remove(Versioned<SecondFactor> factor);

    /** Those that Keycloak has to be told of, or that were offered and not confirmed, since before this moment. */
    Flux<Versioned<SecondFactor>> unsettled(Instant before, int limit);
}
