package dev.cadenza.platform.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTParser;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.identity.Revocations;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tokens of several issuers: signature, algorithm, issuer, type, audience, expiry and revocation. What is in a token cannot
 * change, so that what was found of it is remembered for a short while, for clients send the same token again and again;
 * whether it has expired or was revoked is asked each time.
 */
public final class Tokens implements ReactiveAuthenticationManager {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final Map<String, Issuer> issuers = new HashMap<>();
    private final OAuth2TokenValidator<Jwt> times = new JwtTimestampValidator();
    private final Cache<String, Held> held;

    private final List<Revocations> revocations;

    private record Issuer(IssuerKeys keys, NimbusReactiveJwtDecoder decoder) {}

    /**
     * A token that held when it was read.
     *
     * @param caller nobody where it is a service account's, say
     * @param user whose revocations count; null where nobody's could
     */
    private record Held(
            Jwt token,
            Optional<Caller> caller,
            @Nullable UUID user,
            @Nullable String session,
            @Nullable String key,
            Instant issuedAt) {}

    Tokens(SecuritySettings settings, List<Revocations> revocations, WebClient client, Clock clock) {
        for (SecuritySettings.Issuer issuer : settings.issuers()) {
            IssuerKeys keys = new IssuerKeys(issuer, settings.keyFetchInterval(), settings.keyRefresh(), client, clock);
            NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::of)
                    .jwsAlgorithm(issuer.algorithm())
                    .build();
            decoder.setJwtValidator(rules(issuer, settings.audience()));
            issuers.put(issuer.issuer(), new Issuer(keys, decoder));
        }
        this.revocations = List.copyOf(revocations);
        this.held = Caffeine.newBuilder()
                .maximumSize(settings.keptTokens())
                .expireAfterWrite(settings.keepTokens())
                .executor(Runnable::run)
                .build();
    }

    /** Reads the keys of all issuers, however long that takes. */
    Mono<Void> readAhead() {
        return Flux.fromIterable(issuers.values())
                .flatMap(issuer -> issuer.keys().readAhead())
                .then();
    }

    /** Whom this token names; empty where it holds but is nobody's. A token that does not hold is an error. */
    public Mono<Optional<Caller>> caller(String token) {
        return verified(token).map(Held::caller);
    }

    @Override
    public Mono<Authentication> authenticate(Authentication authentication) {
        return Mono.justOrEmpty(authentication)
                .ofType(BearerTokenAuthenticationToken.class)
                .flatMap(bearer -> verified(bearer.getToken()))
                .map(held -> new JwtAuthenticationToken(held.token(), authorities(held.token())));
    }

    private Mono<Held> verified(String token) {
        Held known = held.getIfPresent(token);
        return known == null
                ? read(token).map(this::stillHolding).doOnNext(fresh -> held.put(token, fresh))
                : Mono.fromSupplier(() -> stillHolding(known));
    }

    private Held stillHolding(Held token) {
        OAuth2TokenValidatorResult result = times.validate(token.token());
        if (result.hasErrors()) {
            throw new InvalidBearerTokenException(
                    result.getErrors().iterator().next().toString());
        }
        UUID user = token.user();
        if (user != null) {
            for (Revocations known : revocations) {
                if (known.isRevoked(user, token.session(), token.key(), token.issuedAt())) {
                    throw new InvalidBearerTokenException("The token is revoked.");
                }
            }
        }
        return token;
    }

    private Mono<Held> read(String token) {
        return Mono.defer(() -> {
            Issuer issuer = issuer(token);
            return issuer.decoder()
                    .decode(token)
                    .map(Tokens::held)
                    .onErrorMap(JwtException.class, Tokens::refusal)
                    // the decoder hides why there are no keys
                    .onErrorMap(IllegalStateException.class, Tokens::failureWithin);
        });
    }

    private static Held held(Jwt token) {
        Instant issued = token.getIssuedAt();
        return new Held(
                token,
                caller(token),
                user(token.getSubject()),
                token.getClaimAsString("sid"),
                token.getClaimAsString("key_id"),
                issued == null ? Instant.EPOCH : issued);
    }

    private static @Nullable UUID user(@Nullable String subject) {
        try {
            return subject == null ? null : UUID.fromString(subject);
        } catch (IllegalArgumentException e) {
            // a service account's token, say: nobody's whose tokens could be revoked
            return null;
        }
    }

    private Issuer issuer(String token) {
        try {
            String name = FORM.matcher(token).matches()
                    ? JWTParser.parse(token).getJWTClaimsSet().getIssuer()
                    : null;
            Issuer issuer = name == null ? null : issuers.get(name);
            if (issuer == null) {
                throw new InvalidBearerTokenException("The token is of nobody whose tokens are believed.");
            }
            return issuer;
        } catch (ParseException | RuntimeException e) {
            throw e instanceof InvalidBearerTokenException known
                    ? known
                    : new InvalidBearerTokenException("The token cannot be read.", e);
        }
    }

    private static Optional<Caller> caller(Jwt token) {
        try {
            return Optional.of(CallerArgumentResolver.caller(token));
        } catch (FailureException nobody) {
            return Optional.empty();
        }
    }

    private static OAuth2TokenValidator<Jwt> rules(SecuritySettings.Issuer issuer, String audience) {
        return new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer.issuer()),
                refusing("The token is meant for somebody else.", token -> !isFor(audience, token)),
                refusing("The token never expires.", token -> token.getExpiresAt() == null),
                refusing("The token is no access token.", Tokens::isOfOtherType));
    }

    private static OAuth2TokenValidator<Jwt> refusing(String reason, Predicate<Jwt> refused) {
        OAuth2TokenValidatorResult refusal =
                OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", reason, null));
        return token -> refused.test(token) ? refusal : OAuth2TokenValidatorResult.success();
    }

    private static boolean isFor(String audience, Jwt token) {
        return token.getAudience() != null && token.getAudience().contains(audience);
    }

    /** Keycloak signs ID and logout tokens with the same key, and names what each is. */
    private static boolean isOfOtherType(Jwt token) {
        Object type = token.getClaim("typ");
        return type != null && !type.equals("Bearer");
    }

    private static Throwable refusal(JwtException error) {
        return error instanceof BadJwtException
                ? new InvalidBearerTokenException("The token does not hold.", error)
                : new AuthenticationServiceException("The token cannot be verified.", error);
    }

    private static Throwable failureWithin(Throwable error) {
        return error.getCause() instanceof FailureException failure ? failure : error;
    }

    private static Collection<GrantedAuthority> authorities(Jwt token) {
        List<GrantedAuthority> authorities = new ArrayList<>();
        CallerArgumentResolver.roles(token)
                .forEach(role -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role)));
        return authorities;
    }
}
