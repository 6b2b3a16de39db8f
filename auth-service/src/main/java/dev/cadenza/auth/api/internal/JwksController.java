package dev.cadenza.auth.api.internal;

import com.nimbusds.jose.jwk.JWKSet;
import dev.cadenza.auth.token.PublishSigningKeys;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Keys of the issuer {@code cadenza-internal}. */
@RestController
class JwksController {

    private static final String PATH = "/internal/jwks.json";

    private final PublishSigningKeys keys;

    JwksController(PublishSigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping(PATH)
    Mono<Map<String, Object>> keys() {
        return keys.publish().map(JWKSet::toJSONObject);
    }

    @Bean
    static OpenRoutes internalOpenRoutes() {
        return OpenRoutes.of(HttpMethod.GET, PATH);
    }
}
