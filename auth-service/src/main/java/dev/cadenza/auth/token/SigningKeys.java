package dev.cadenza.auth.token;

import com.nimbusds.jose.jwk.ECKey;
import reactor.core.publisher.Mono;

/** Where the signing key is kept. */
public interface SigningKeys {

    /** The key of this platform; {@code candidate} becomes it where there is none yet. */
    Mono<ECKey> currentOr(ECKey candidate);
}
