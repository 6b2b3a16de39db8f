package dev.cadenza.auth.session;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where sessions are kept. */
public interface Sessions {

    /** Stores a new session. */
    Mono<Versioned<Session>> insert(UUID id, Change<Session, SessionEvent> change);

    /** Empty where there is none. */
    Mono<Versioned<Session>> find(UUID id);

    /** By what its tokens call it. */
    Mono<Versioned<Session>> findBySid(String sid);

    /** By the hash of the refresh token or cookie that is good now. */
    Mono<Versioned<Session>> findBySecret(String secretHash);

    /** An account's sessions that are open, the last used first. */
    Flux<Versioned<Session>> open(UUID account, Instant now);

    /** An account's sessions that nobody has ended, in no particular order. */
    Flux<Versioned<Session>> notEnded(UUID account);

    /** All of an account, in no particular order. */
    Flux<Versioned<Session>> ofAccount(UUID account);

    /** How many there are of an account, ended ones included, until they are forgotten. */
    Mono<Long> count(UUID account);

    /** How many of them are open. */
    Mono<Long> countOpen(UUID account, Instant now);

    /** Sessions whose end Keycloak does not know yet, the longest waiting first. */
    Flux<Versioned<Session>> closing(Instant now, int limit);

    /** Sessions that ended or expired before this moment. */
    Flux<Versioned<Session>> over(Instant before, int limit);

    /** Writes the change, again where somebody else was faster. Empty where there is no such session. */
    Mono<Versioned<Session>> change(UUID id, Function<Session, Change<Session, SessionEvent>> transition);

    /** Forgets a session. */
    Mono<Void> remove(Versioned<Session> session);

    /** Remembers when all sessions of an account were ended: a login that began before opens nothing any more. */
    Mono<Void> allEnded(UUID account, Instant now);

    /** When they were last; empty where they never were. */
    Mono<Instant> allEndedAt(UUID account);

    /** Forgets such moments. */
    Mono<Long> forgetEnds(Instant before);
}
