package dev.cadenza.gateway.identity;

import dev.cadenza.gateway.edge.KnownOrigins;
import dev.cadenza.gateway.route.Access;
import dev.cadenza.gateway.route.Row;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.identity.Area;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a key do what its scopes say and a browser session what a page of ours asks for, and refuses the rest. Tokens are
 * verified behind this; a key's or a session's own token comes from auth-service and is verified by the services.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 60)
public final class AdmitIdentity implements WebFilter {

    private static final String CSRF_HEADER = "X-CSRFToken";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final KnownOrigins origins;

    /** Pages of these origins are ours. */
    public AdmitIdentity(KnownOrigins origins) {
        this.origins = origins;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getAttribute(ResolveIdentity.REFUSAL) instanceof Throwable refusal) {
            return Mono.error(refusal);
        }
        Optional<Row> row = Row.of(exchange);
        Optional<Identity> identity = Identity.of(exchange);
        if (row.isPresent() && identity.isPresent()) {
            Optional<Failure> refusal = identity.get().keyId() == null
                    ? ofPage(exchange.getRequest(), row.get(), identity.get())
                    : ofKey(exchange.getRequest(), row.get(), identity.get());
            if (refusal.isPresent()) {
                return Mono.error(refusal.get().asException());
            }
        }
        return chain.filter(row.isEmpty() || isLookedAt(row.get()) ? withoutKey(exchange) : withoutToken(exchange));
    }

    private static Optional<Failure> ofKey(ServerHttpRequest request, Row row, Identity identity) {
        return switch (row.access()) {
            case Access.AccountOnly account ->
                Optional.of(new Failure.Forbidden(
                        "auth.key_not_allowed",
                        "This concerns the account itself and cannot be done with an API key."));
            case Access.Scoped scoped -> ofScope(scoped.area(), request.getMethod(), identity.scopes());
            case Access.Open open -> Optional.empty();
        };
    }

    private static Optional<Failure> ofScope(Area area, HttpMethod method, Set<String> scopes) {
        boolean write = !SAFE.contains(method);
        String needed = area.scope(write);
        return scopes.contains(needed) || !write && scopes.contains(area.scope(true))
                ? Optional.empty()
                : Optional.of(
                        new Failure.Forbidden("auth.missing_scope", "The API key lacks the scope " + needed + "."));
    }

    private Optional<Failure> ofPage(ServerHttpRequest request, Row row, Identity identity) {
        if (SAFE.contains(request.getMethod())) {
            return Optional.empty();
        }
        HttpHeaders headers = request.getHeaders();
        return switch (row.login()) {
            case NONE -> Optional.empty();
            case CSRF_TOKEN ->
                isSame(identity.csrfToken(), headers.getFirst(CSRF_HEADER))
                        ? Optional.empty()
                        : Optional.of(
                                new Failure.Forbidden("csrf.failed", "CSRF Failed: CSRF token missing or incorrect."));
            case KNOWN_ORIGIN ->
                origins.sent(headers)
                        ? Optional.empty()
                        : Optional.of(new Failure.Forbidden(
                                "origin.refused", "The request does not come from a page of this platform."));
        };
    }

    private static boolean isSame(@Nullable String expected, @Nullable String sent) {
        return expected != null
                && sent != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLookedAt(Row row) {
        return !(row.access() instanceof Access.Open);
    }

    /** So that the key is not mistaken for a token. */
    private static ServerWebExchange withoutKey(ServerWebExchange exchange) {
        return Credential.hasKeyAsBearer(exchange.getRequest().getHeaders())
                ? withoutAuthorization(exchange)
                : exchange;
    }

    /** Routes that look at nobody's identity also take a token that holds no longer. */
    private static ServerWebExchange withoutToken(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                ? withoutAuthorization(exchange)
                : exchange;
    }

    private static ServerWebExchange withoutAuthorization(ServerWebExchange exchange) {
        return exchange.mutate()
                .request(request -> request.headers(headers -> headers.remove(HttpHeaders.AUTHORIZATION)))
                .build();
    }
}
