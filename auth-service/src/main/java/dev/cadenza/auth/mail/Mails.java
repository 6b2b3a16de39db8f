package dev.cadenza.auth.mail;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where mails are kept. */
public interface Mails {

    /** Stores a new mail; does nothing where there is one with this id. */
    Mono<Void> insert(UUID id, Change<Mail, Void> change);

    /** Mails that are due, the longest waiting first. */
    Flux<Versioned<Mail>> due(Instant now, int limit);

    /** Mails without anything left to do that were ordered before this moment. */
    Flux<Versioned<Mail>> done(Instant before, int limit);

    /** Writes the change; {@link Failure.Conflict} where somebody else was faster. */
    Mono<Versioned<Mail>> update(Versioned<Mail> current, Change<Mail, Void> change);

    /** Forgets a mail; {@link Failure.Conflict} where somebody else was faster. */
    Mono<Void> remove(Versioned<Mail> mail);
}
