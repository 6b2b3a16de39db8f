package dev.cadenza.playlist.user;

import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The local copies of accounts. */
public interface Users {

    /** Empty when there is no such account, it was deleted, or its event has not arrived yet. */
    Mono<User> find(UUID id);

    /** Those that are there, in no particular order. */
    Flux<User> find(Collection<UUID> ids);

    /** Takes over a newer state; older ones and repeats change nothing. */
    Mono<Void> store(User user, long seq);

    /** Forgets a deleted account for good. */
    Mono<Void> remove(UUID id, long seq);
}
