package dev.cadenza.platform.web.security;

import dev.cadenza.platform.web.dialect.DialectErrors;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A worker's port: health and numbers for whoever watches over it; everything else is not there. */
@AutoConfiguration
@EnableWebFluxSecurity
@ConditionalOnProperty(name = "cadenza.role", havingValue = "worker")
public class WorkerSecurityConfiguration {

    @Bean
    SecurityWebFilterChain probesOnly(ServerHttpSecurity http, DialectErrors errors) {
        return http.authorizeExchange(exchanges -> exchanges
                        .pathMatchers("/actuator/health/**", "/actuator/prometheus")
                        .permitAll()
                        .anyExchange()
                        .denyAll())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint((exchange, refused) -> notThere(exchange, errors))
                                .accessDeniedHandler((exchange, refused) -> notThere(exchange, errors)))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .build();
    }

    private static Mono<Void> notThere(ServerWebExchange exchange, DialectErrors errors) {
        return errors.handle(exchange, new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
