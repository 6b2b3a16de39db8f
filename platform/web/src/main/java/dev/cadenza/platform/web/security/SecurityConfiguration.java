package dev.cadenza.platform.web.security;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.dialect.DialectErrors;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * Resource server: {@link Tokens} are checked in every service, whatever the gateway did before. Refusals go through
 * {@link DialectErrors}.
 */
@AutoConfiguration(after = TokenConfiguration.class)
@EnableWebFluxSecurity
@ConditionalOnProperty(name = "cadenza.role", havingValue = "api", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "cadenza.security.filter-chain", matchIfMissing = true)
public class SecurityConfiguration {

    @Bean
    SecurityWebFilterChain securityFilterChain(
            ServerHttpSecurity http,
            ObjectProvider<OpenRoutes> openRoutes,
            ObjectProvider<TokenlessRoutes> tokenlessRoutes,
            Tokens tokens,
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
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(exchange -> Mono.just(tokens))
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
