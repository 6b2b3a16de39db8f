package dev.cadenza.platform.web.security;

import dev.cadenza.platform.web.dialect.Problems;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Makes a {@link Caller} of the request's verified token. */
public final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class || isOptional(parameter);
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        Mono<Caller> caller = of(exchange);
        return isOptional(parameter)
                ? caller.map(found -> (Object) Optional.of(found)).defaultIfEmpty(Optional.empty())
                : caller.map(found -> (Object) found)
                        .switchIfEmpty(Mono.error(() -> Problems.UNAUTHENTICATED.asException()));
    }

    /** The caller of this request; empty for an anonymous one. */
    public static Mono<Caller> of(ServerWebExchange exchange) {
        return exchange.getPrincipal().ofType(JwtAuthenticationToken.class).map(token -> caller(token.getToken()));
    }

    static Caller caller(Jwt token) {
        String subject = token.getSubject();
        String username = token.getClaimAsString("preferred_username");
        Object number = token.getClaim("number");
        if (subject == null || username == null || !(number instanceof Number integer)) {
            // a service account's token, say: valid, but nobody's
            throw Problems.UNAUTHENTICATED.asException();
        }
        String key = token.getClaimAsString("key_id");
        try {
            return new Caller(
                    UUID.fromString(subject),
                    integer.longValue(),
                    username,
                    token.getClaimAsString("email"),
                    roles(token),
                    token.getClaimAsString("sid"),
                    key,
                    key == null ? null : scopes(token));
        } catch (IllegalArgumentException e) {
            throw Problems.UNAUTHENTICATED.asException();
        }
    }

    static Set<String> roles(Jwt token) {
        Set<String> roles = new HashSet<>();
        if (token.getClaim("roles") instanceof Collection<?> names) {
            names.forEach(name -> roles.add(String.valueOf(name)));
        }
        return roles;
    }

    /** Keycloak's logins carry a claim of this name as well, which means something else. */
    private static Set<String> scopes(Jwt token) {
        String scopes = token.getClaimAsString("scope");
        return scopes == null || scopes.isBlank()
                ? Set.of()
                : Set.copyOf(List.of(scopes.strip().split(" +")));
    }

    private static boolean isOptional(MethodParameter parameter) {
        return parameter.getParameterType() == Optional.class
                && ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve() == Caller.class;
    }
}
