package dev.cadenza.platform.web.security;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.web.dialect.DialectErrors;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
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

    private static final OpenRoutes OWN =
            OpenRoutes.all("/actuator/health/**", "/actuator/prometheus", "/actuator/info", "/v3/api-docs/**");

    @Bean
    SecurityWebFilterChain securityFilterChain(
            ServerHttpSecurity http,
            ObjectProvider<OpenRoutes> openRoutes,
            ObjectProvider<TokenlessRoutes> tokenlessRoutes,
            Tokens tokens,
            SecuritySettings settings,
            DialectErrors errors) {
        List<OpenRoutes> tokenless = tokenlessRoutes.stream()
                .map(routes -> new OpenRoutes(null, routes.patterns()))
                .toList();
        RouteMatcher open =
                new RouteMatcher(Stream.of(List.of(OWN), openRoutes.stream().toList(), tokenless)
                        .flatMap(List::stream)
                        .toList());
        return http.authorizeExchange(exchanges ->
                        exchanges.matchers(open).permitAll().anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(exchange -> Mono.just(tokens))
                        .bearerTokenConverter(tokensExceptOn(new RouteMatcher(tokenless), settings.longestToken()))
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

    /** Nobody looks at how long each of its filters takes, and that costs more than what they do. */
    @Bean
    SecurityObservationSettings withoutObservations() {
        return SecurityObservationSettings.noObservations();
    }

    private static ServerAuthenticationConverter tokensExceptOn(RouteMatcher tokenless, DataSize longest) {
        ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();
        return exchange -> {
            ServerHttpRequest request = exchange.getRequest();
            if (tokenless.isFor(request)) {
                return Mono.empty();
            }
            return request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                            .anyMatch(value -> value.length() > longest.toBytes())
                    ? Mono.error(() -> new InvalidBearerTokenException("The token is too long."))
                    : bearer.convert(exchange);
        };
    }
}
