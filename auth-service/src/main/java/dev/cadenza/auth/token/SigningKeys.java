package dev.cadenza.auth.token;

import dev.cadenza.platform.core.Change;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Where the signing keys are kept: one ring for all instances. */
public interface SigningKeys {

    /** Empty where there is none yet. */
    Mono<SigningKeyRing> find();

    /** Stores the first ring; the one that is there where somebody was faster. */
    Mono<SigningKeyRing> insert(SigningKeyRing ring);

    /** Writes the change, again where somebody else was faster. */
    Mono<SigningKeyRing> change(Function<SigningKeyRing, Change<SigningKeyRing, Void>> transition);

    /** The key of earlier versions as a JWK, which was stored as it is; empty where there is none. */
    Mono<String> unencrypted();

    /** Removes the key of earlier versions. */
    Mono<Void> removeUnencrypted();
}
