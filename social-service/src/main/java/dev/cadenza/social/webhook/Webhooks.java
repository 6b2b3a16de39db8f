package dev.cadenza.social.webhook;

import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All webhooks. */
public interface Webhooks {

    /** Stores a new one. */
    Mono<Void> add(Webhook webhook);

    /** Empty when there is none. */
    Mono<Webhook> find(UUID id);

    /** A user's webhooks, newest first. */
    Flux<Webhook> of(UUID ownerId);

    /** How many a user has. */
    Mono<Long> count(UUID ownerId);

    /** Changes what is there, again on a lost race; empty when there is none. */
    Mono<Webhook> change(UUID id, UnaryOperator<Webhook> transition);

    /** Forgets it; nothing happens when it is gone already. */
    Mono<Void> remove(UUID id);

    /** Forgets all of one user; how many. */
    Mono<Long> removeAllOf(UUID ownerId);
}
