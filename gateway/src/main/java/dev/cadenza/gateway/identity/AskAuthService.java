package dev.cadenza.gateway.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jwt.JWTParser;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.identity.ClientOrigin;
import dev.cadenza.platform.web.ClientAddress;
import dev.cadenza.platform.web.RequestIds;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks auth-service who an API key or a browser session stands for. */
public final class AskAuthService {

    private static final Logger LOG = LoggerFactory.getLogger(AskAuthService.class);
    private static final int RETRY_AFTER_SECONDS = 5;
    /** Questions under way; those who wait behind them wait briefly, for guessers must not keep the others out. */
    private static final int AT_ONCE = 64;

    private static final int WAITING = 512;

    private final WebClient client;
    private final Duration timeout;
    private final CircuitBreaker breaker;
    private final JsonMapper json;

    /** Asks at {@code address}; the breaker is the one that guards auth-service's routes. */
    public AskAuthService(URI address, Duration timeout, CircuitBreaker breaker, JsonMapper json) {
        ConnectionProvider connections = ConnectionProvider.builder("identity")
                .maxConnections(AT_ONCE)
                .pendingAcquireMaxCount(WAITING)
                .pendingAcquireTimeout(timeout)
                .maxIdleTime(Duration.ofSeconds(30))
                .build();
        int connectMillis = (int) Math.min(2_000, timeout.toMillis());
        this.client = WebClient.builder()
                .baseUrl(address.resolve("/internal/exchange").toString())
                .clientConnector(new ReactorClientHttpConnector(
                        HttpClient.create(connections).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)))
                .build();
        this.timeout = timeout;
        this.breaker = breaker;
        this.json = json;
    }

    /** Empty where it stands for nobody; an error where auth-service does not say. */
    Mono<Optional<Identity>> about(Credential credential, ClientOrigin origin, String requestId) {
        String field = credential instanceof Credential.ApiKey ? "api_key" : "session";
        return client.post()
                .contentType(MediaType.APPLICATION_JSON)
                .header(ClientAddress.HEADER, origin.ip())
                .header(HttpHeaders.USER_AGENT, origin.userAgent())
                .header(RequestIds.HEADER, requestId)
                .bodyValue(json.writeValueAsBytes(Map.of(field, credential.secret())))
                .exchangeToMono(this::read)
                .timeout(timeout)
                .onErrorMap(error -> !(error instanceof FailureException), AskAuthService::unavailable)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, spared -> unavailable());
    }

    private Mono<Optional<Identity>> read(ClientResponse response) {
        return switch (response.statusCode().value()) {
            case 200 -> response.bodyToMono(byte[].class).map(body -> Optional.of(identity(body)));
            case 400, 401 -> response.releaseBody().thenReturn(Optional.empty());
            default ->
                response.releaseBody()
                        .then(Mono.error(
                                () -> unavailable(new IllegalStateException("status " + response.statusCode()))));
        };
    }

    private Identity identity(byte[] body) {
        try {
            Exchanged answer = json.readValue(body, Exchanged.class);
            return new Identity(
                    answer.token(),
                    answer.user(),
                    answer.session(),
                    answer.csrfToken(),
                    answer.keyId(),
                    answer.scopes() == null ? Set.of() : Set.copyOf(answer.scopes()),
                    answer.requestsPerMinute() == null ? 0 : answer.requestsPerMinute(),
                    JWTParser.parse(answer.token())
                            .getJWTClaimsSet()
                            .getIssueTime()
                            .toInstant(),
                    answer.expiresAt());
        } catch (JacksonException | ParseException | NullPointerException e) {
            throw unavailable(e);
        }
    }

    private static FailureException unavailable(Throwable cause) {
        LOG.warn("auth-service does not say who sends a request: {}", cause.toString());
        return unavailable();
    }

    private static FailureException unavailable() {
        return Failure.unavailable(
                "identity.unavailable", "The identity service does not answer. Try again soon.", RETRY_AFTER_SECONDS);
    }

    private record Exchanged(
            String token,
            @JsonProperty("expires_at") Instant expiresAt,
            @JsonProperty("user_id") UUID user,
            @Nullable String session,
            @JsonProperty("csrf_token") @Nullable String csrfToken,
            @JsonProperty("key_id") @Nullable String keyId,
            @Nullable List<String> scopes,
            @JsonProperty("requests_per_minute") @Nullable Integer requestsPerMinute) {}
}
