package dev.cadenza.social.webhook;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** All deliveries, durable. */
public interface Deliveries {

    /** Stores one; does nothing where it is there already. */
    Mono<Void> add(Delivery delivery);

    /**
     * Takes one that is due, longest due first: counts an attempt and moves its due time to {@code lostAt}, so that
     * another instance takes it over if this one dies.
     *
     * @param busyWebhooks not of these
     * @param busyOwners nor of these
     * @return empty when none is due
     */
    Mono<Delivery> claim(Instant now, Instant lostAt, Set<UUID> busyWebhooks, Set<UUID> busyOwners);

    /** Stores what became of an attempt; false when it is not the newest one any more. */
    Mono<Boolean> record(Delivery delivery);

    /** How many deliveries of a user ended, and how. */
    Mono<DeliveryCounts> count(UUID ownerId);

    /** Forgets all to one user's webhooks, whether they ended or not; how many. */
    Mono<Long> removeAllOf(UUID ownerId);

    /** Forgets some of those that ended before {@code time}; how many. */
    Mono<Long> removeFinishedBefore(Instant time);
}
