package dev.cadenza.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cadenza.platform.core.Ids;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The public half of the key that signs tokens of the issuer {@code cadenza-internal}. The key is made at first use and
 * kept, so that all instances share it and it outlives restarts.
 */
@Component
public class PublishSigningKeys {

    private final Mono<JWKSet> published;

    PublishSigningKeys(SigningKeys keys) {
        this.published = Mono.defer(() -> keys.currentOr(generate()))
                .map(key -> new JWKSet(key.toPublicJWK()))
                .cacheInvalidateIf(set -> false);
    }

    /** Public keys only. */
    public Mono<JWKSet> publish() {
        return published;
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(Ids.publicId("key"))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
