package dev.cadenza.auth.session.persistence;

import dev.cadenza.auth.keycloak.KeycloakAdmin;
import dev.cadenza.auth.session.TokenSessions;
import jakarta.ws.rs.NotFoundException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@Component
class KeycloakTokenSessions implements TokenSessions {

    private final KeycloakAdmin admin;

    KeycloakTokenSessions(KeycloakAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Mono<Void> end(String sid) {
        return admin.call(() -> {
                    try {
                        admin.realm().deleteSession(sid, false);
                    } catch (NotFoundException gone) {
                        return false;
                    }
                    return true;
                })
                .then();
    }
}
