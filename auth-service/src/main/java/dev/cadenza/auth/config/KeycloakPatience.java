package dev.cadenza.auth.config;

import dev.cadenza.auth.keycloak.KeycloakSettings;
import dev.cadenza.auth.keycloak.Patience;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Nobody who asks us waits longer for Keycloak than it says in the settings. */
@Component
class KeycloakPatience implements WebFilter {

    private final KeycloakSettings settings;

    KeycloakPatience(KeycloakSettings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Patience.with(settings.patience(), chain.filter(exchange));
    }
}
