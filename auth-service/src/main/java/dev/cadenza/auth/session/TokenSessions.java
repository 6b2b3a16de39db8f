package dev.cadenza.auth.session;

import reactor.core.publisher.Mono;

/** Keycloak's own sessions, behind those with tokens. */
public interface TokenSessions {

    /** Ends one; does nothing where it has ended already. */
    Mono<Void> end(String sid);
}
