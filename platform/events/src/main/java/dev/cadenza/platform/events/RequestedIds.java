package dev.cadenza.platform.events;

import dev.cadenza.platform.core.idempotency.RepeatableRequest;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Ids of what a request makes: the same each time the request is made again with its {@code Idempotency-Key}, also where a
 * process died before the answer was remembered. Whoever uses one looks whether the thing is there already.
 */
public final class RequestedIds {

    private RequestedIds() {}

    /**
     * An id for the request of the Reactor context; from {@code otherwise} where that has no key.
     *
     * @param purpose what the id is for, unique in the service
     */
    public static Mono<UUID> of(String purpose, Supplier<UUID> otherwise) {
        return Mono.deferContextual(
                context -> Mono.fromSupplier(() -> context.<RepeatableRequest>getOrEmpty(RepeatableRequest.class)
                        .map(request -> request.id(purpose))
                        .orElseGet(otherwise)));
    }
}
