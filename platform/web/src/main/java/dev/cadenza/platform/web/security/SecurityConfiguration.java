package dev.cadenza.platform.web.security;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.identity.Revocations;
import dev.cadenza.platform.web.dialect.DialectErrors;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Resource server with several issuers: signature, algorithm, issuer, expiry, audience and revocation are checked here, in
 * every service, whatever the gateway did before. Refusals go through {@link DialectErrors}.
 */
@AutoConfiguration
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
@ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
public class SecurityConfiguration {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    @Bean
    SecurityWebFilterChain securityFilterChain(
            ServerHttpSecurity http,
            ObjectProvider<OpenRoutes> openRoutes,
            ObjectProvider<TokenlessRoutes> tokenlessRoutes,
            JwtIssuerReactiveAuthenticationManagerResolver issuers,
            SecuritySettings settings,
            DialectErrors errors) {
        return http.authorizeExchange(exchanges -> {
                    exchanges
                            .pathMatchers(
                                    "/actuator/health/**", "/actuator/prometheus", "/actuator/info", "/v3/api-docs/**")
                            .permitAll();
                    openRoutes.forEach(open -> open(exchanges, open));
                    tokenlessRoutes.forEach(tokenless -> open(exchanges, new OpenRoutes(null, tokenless.patterns())));
                    exchanges.anyExchange().authenticated();
                })
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers)
                        .bearerTokenConverter(tokensExceptOn(tokenlessRoutes, settings.longestToken()))
                        .authenticationEntryPoint(errors::handle)
                        .accessDeniedHandler(errors::handle))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(errors::handle).accessDeniedHandler(errors::handle))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                // the gateway sets security headers once; here they would only spoil the caching of media
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .build();
    }

    /** What Spring Security's firewall refuses (odd header names and paths) is answered like any other error. */
    @Bean
    ServerExchangeRejectedHandler refusedByFirewall(DialectErrors errors) {
        return (exchange, refusal) ->
                errors.handle(exchange, Failure.unreadable("request.unreadable", "The request could not be read."));
    }

    @Bean
    JwtIssuerReactiveAuthenticationManagerResolver issuerResolver(
            SecuritySettings settings, ObjectProvider<Revocations> revocations, Clock clock) {
        List<Revocations> revoked = revocations.orderedStream().toList();
        WebClient client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)))
                .build();
        Map<String, ReactiveAuthenticationManager> managers = new HashMap<>();
        for (SecuritySettings.Issuer issuer : settings.issuers()) {
            IssuerKeys keys = new IssuerKeys(issuer, settings.keyFetchInterval(), settings.keyRefresh(), client, clock);
            managers.put(issuer.issuer(), authenticationManager(issuer, keys, settings.audience(), revoked));
        }
        return new JwtIssuerReactiveAuthenticationManagerResolver(
                name -> Mono.justOrEmpty(name == null ? null : managers.get(name)));
    }

    private static ServerAuthenticationConverter tokensExceptOn(
            ObjectProvider<TokenlessRoutes> routes, DataSize longest) {
        List<ServerWebExchangeMatcher> matchers = routes.stream()
                .flatMap(tokenless -> tokenless.patterns().stream())
                .<ServerWebExchangeMatcher>map(PathPatternParserServerWebExchangeMatcher::new)
                .toList();
        ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();
        ServerAuthenticationConverter tokens =
                exchange -> exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                                .anyMatch(value -> value.length() > longest.toBytes())
                        ? Mono.error(() -> new InvalidBearerTokenException("The token is too long."))
                        : bearer.convert(exchange);
        if (matchers.isEmpty()) {
            return tokens;
        }
        ServerWebExchangeMatcher tokenless = new OrServerWebExchangeMatcher(matchers);
        return exchange ->
                tokenless.matches(exchange).flatMap(match -> match.isMatch() ? Mono.empty() : tokens.convert(exchange));
    }

    private static ReactiveAuthenticationManager authenticationManager(
            SecuritySettings.Issuer issuer, IssuerKeys keys, String audience, List<Revocations> revocations) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::of)
                .jwsAlgorithm(issuer.algorithm())
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer.issuer()),
                refusing("The token is meant for somebody else.", token -> !isFor(audience, token)),
                refusing("The token never expires.", token -> token.getExpiresAt() == null),
                refusing("The token is no access token.", SecurityConfiguration::isOfOtherType),
                refusing("The token is revoked.", token -> isRevoked(token, revocations))));
        JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(token -> decoder.decode(token)
                // the decoder hides why there are no keys
                .onErrorMap(IllegalStateException.class, SecurityConfiguration::failureWithin));
        manager.setJwtAuthenticationConverter(
                token -> Mono.just(new JwtAuthenticationToken(token, authorities(token))));
        return manager;
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

    private static boolean isRevoked(Jwt token, List<Revocations> revocations) {
        String subject = token.getSubject();
        if (revocations.isEmpty() || subject == null) {
            return false;
        }
        UUID user;
        try {
            user = UUID.fromString(subject);
        } catch (IllegalArgumentException e) {
            // a service account's token, say: nobody's whose tokens could be revoked
            return false;
        }
        Instant issued = token.getIssuedAt();
        return revocations.stream()
                .anyMatch(known -> known.isRevoked(
                        user,
                        token.getClaimAsString("sid"),
                        token.getClaimAsString("key_id"),
                        issued == null ? Instant.EPOCH : issued));
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

    private static void open(ServerHttpSecurity.AuthorizeExchangeSpec exchanges, OpenRoutes open) {
        String[] patterns = open.patterns().toArray(String[]::new);
        HttpMethod method = open.method();
        if (method == null) {
            exchanges.pathMatchers(patterns).permitAll();
            return;
        }
        exchanges.pathMatchers(method, patterns).permitAll();
        if (method.equals(HttpMethod.GET)) {
            exchanges.pathMatchers(HttpMethod.HEAD, patterns).permitAll();
        }
    }
}
