package dev.cadenza.platform.web.security;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.dialect.DialectErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
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
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Resource server with several issuers: signature, algorithm, issuer, expiry and audience are checked here, in every
 * service, whatever the gateway did before. Refusals go through {@link DialectErrors}.
 */
@AutoConfiguration
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
@ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
public class SecurityConfiguration {

    private static final Duration JWKS_TIMEOUT = Duration.ofSeconds(4);

    @Bean
    SecurityWebFilterChain securityFilterChain(
            ServerHttpSecurity http,
            ObjectProvider<OpenRoutes> openRoutes,
            ObjectProvider<TokenlessRoutes> tokenlessRoutes,
            JwtIssuerReactiveAuthenticationManagerResolver issuers,
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
                        .bearerTokenConverter(tokensExceptOn(tokenlessRoutes))
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
    JwtIssuerReactiveAuthenticationManagerResolver issuerResolver(SecuritySettings settings) {
        Map<String, ReactiveAuthenticationManager> managers = new HashMap<>();
        settings.issuers()
                .forEach(issuer -> managers.put(issuer.issuer(), authenticationManager(issuer, settings.audience())));
        return new JwtIssuerReactiveAuthenticationManagerResolver(
                name -> Mono.justOrEmpty(name == null ? null : managers.get(name)));
    }

    private static ServerAuthenticationConverter tokensExceptOn(ObjectProvider<TokenlessRoutes> routes) {
        List<ServerWebExchangeMatcher> matchers = routes.stream()
                .flatMap(tokenless -> tokenless.patterns().stream())
                .<ServerWebExchangeMatcher>map(PathPatternParserServerWebExchangeMatcher::new)
                .toList();
        ServerAuthenticationConverter tokens = new ServerBearerTokenAuthenticationConverter();
        if (matchers.isEmpty()) {
            return tokens;
        }
        ServerWebExchangeMatcher tokenless = new OrServerWebExchangeMatcher(matchers);
        return exchange ->
                tokenless.matches(exchange).flatMap(match -> match.isMatch() ? Mono.empty() : tokens.convert(exchange));
    }

    private static ReactiveAuthenticationManager authenticationManager(
            SecuritySettings.Issuer issuer, String audience) {
        HttpClient client = HttpClient.create().responseTimeout(JWKS_TIMEOUT);
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(
                        issuer.jwksUri().toString())
                .jwsAlgorithm(issuer.algorithm())
                .webClient(WebClient.builder()
                        .clientConnector(new ReactorClientHttpConnector(client))
                        .build())
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer.issuer()), audienceContains(audience)));
        JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
        manager.setJwtAuthenticationConverter(
                token -> Mono.just(new JwtAuthenticationToken(token, authorities(token))));
        return manager;
    }

    private static OAuth2TokenValidator<Jwt> audienceContains(String audience) {
        OAuth2TokenValidatorResult refused = OAuth2TokenValidatorResult.failure(
                new OAuth2Error("invalid_token", "The token is meant for somebody else.", null));
        return token -> token.getAudience() != null && token.getAudience().contains(audience)
                ? OAuth2TokenValidatorResult.success()
                : refused;
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
