package dev.cadenza.auth.api.internal;

import dev.cadenza.auth.token.ExchangeApiKey;
import dev.cadenza.auth.token.ExchangeSession;
import dev.cadenza.auth.token.InternalToken;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What the gateway asks about the API keys and browser sessions that clients show it. */
@RestController
class ExchangeController {

    private static final String PATH = "/internal/exchange";

    private final ExchangeApiKey exchangeApiKey;
    private final ExchangeSession exchangeSession;

    ExchangeController(ExchangeApiKey exchangeApiKey, ExchangeSession exchangeSession) {
        this.exchangeApiKey = exchangeApiKey;
        this.exchangeSession = exchangeSession;
    }

    @Bean
    static OpenRoutes exchangeRoute() {
        return OpenRoutes.of(HttpMethod.POST, PATH);
    }

    @PostMapping(PATH)
    Mono<ExchangedJson> exchange(@RequestBody CredentialJson body, ClientOrigin origin) {
        return Mono.defer(() -> {
                    String apiKey = body.apiKey();
                    String session = body.session();
                    if ((apiKey == null) == (session == null)) {
                        throw Failure.unreadable("exchange.unreadable", "Send api_key or session, one of them.");
                    }
                    return apiKey == null
                            ? exchangeSession.exchange(Objects.requireNonNull(session))
                            : exchangeApiKey.exchange(apiKey, origin);
                })
                .map(ExchangedJson::of);
    }

    record CredentialJson(@Nullable String apiKey, @Nullable String session) {
        @Override
        public String toString() {
            return "CredentialJson[…]";
        }
    }

    record ExchangedJson(
            String token,
            Instant expiresAt,
            UUID userId,
            @Nullable String session,
            @Nullable String csrfToken,
            @Nullable String keyId,
            @Nullable List<String> scopes,
            @Nullable Integer requestsPerMinute) {

        static ExchangedJson of(InternalToken token) {
            return new ExchangedJson(
                    token.token(),
                    token.expiresAt(),
                    token.user(),
                    token.session(),
                    token.csrfToken(),
                    token.keyId(),
                    token.scopes(),
                    token.requestsPerMinute());
        }
    }
}
