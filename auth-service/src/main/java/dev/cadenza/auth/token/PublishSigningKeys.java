package dev.cadenza.auth.token;

import com.nimbusds.jose.jwk.JWKSet;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What tokens of the issuer {@code cadenza-internal} are checked with. */
@Component
public class PublishSigningKeys {

    private final KeepSigningKeys keys;

    PublishSigningKeys(KeepSigningKeys keys) {
        this.keys = keys;
    }

    /** Public keys only. */
    public Mono<JWKSet> publish() {
        return keys.published();
    }
}
