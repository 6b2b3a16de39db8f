package dev.cadenza.platform.events;

import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Listens to topics; every bean of this type gets a consumer of its own.
 *
 * <p>Events of one aggregate arrive in order, each after the previous one was handled. An event may arrive again, at
 * any time. While something that is needed does not answer ({@code Failure.Unavailable}) the event is offered again
 * without end; after any other error a bounded number of times, with growing pauses, and then goes to
 * {@code <topic>.dlt}. What cannot be read goes there at once.
 */
public interface EventHandler {

    /** Topics to read, from their beginning when the group is new. */
    Set<String> topics();

    /** Consumer group, {@code <service>.<purpose>}; no two handlers share one. */
    String group();

    /** Completes when the effect is stored. Events whose type it does not know it skips. */
    Mono<Void> handle(ReceivedEvent event);
}
