package dev.cadenza.auth.key;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where API keys are kept: one ring for each account that has had one, under the account's id. */
public interface KeyRings {

    /** Empty where the account never had a key. */
    Mono<KeyRing> find(UUID account);

    /** The ring with a key whose current or replaced secret has this hash. */
    Mono<Versioned<KeyRing>> findBySecret(String hash);

    /** Rings with keys that ended before. */
    Flux<UUID> withEnded(Instant before);

    /** Writes the change, again where somebody else was faster; beginning with {@link KeyRing#EMPTY} where there is none. */
    Mono<KeyRing> changeOrBegin(UUID account, Function<KeyRing, Change<KeyRing, KeyEvent>> transition);

    /** Writes the change, again where somebody else was faster. Empty where there is none. */
    Mono<KeyRing> change(UUID account, Function<KeyRing, Change<KeyRing, KeyEvent>> transition);

    /** Removes a ring, saying these last things; nothing where there is none. */
    Mono<Void> delete(UUID account, Function<KeyRing, List<KeyEvent>> events);
}
