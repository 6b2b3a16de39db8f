package dev.cadenza.auth.account.persistence;

import dev.cadenza.auth.account.Turns;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** One document per name; whoever writes it has the turn until the work is done, or, after a crash, for a while. */
@Repository
class MongoTurns implements Turns {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int ATTEMPTS = 100;

    private final AggregateCollection<Turn, Void> collection;
    private final Supplier<UUID> ids;
    private final Clock clock;

    /** Whose turn it is. */
    record Turn(UUID holder, Instant until) {}

    MongoTurns(Aggregates aggregates, Supplier<UUID> ids, Clock clock) {
        this.collection = aggregates.collection(AggregateDefinition.unpublished("turns", Turn.class, false, List.of()));
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public <T> Mono<T> inTurn(String name, Mono<T> work) {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return Mono.usingWhen(
                take(id).retryWhen(Retry.fixedDelay(ATTEMPTS, PAUSE)
                        .filter(MongoTurns::isConflict)
                        .onRetryExhaustedThrow((spec, signal) -> Failure.unavailable(
                                "turn.busy", "Somebody else is at the same thing. Try again soon.", 5))),
                turn -> work.timeout(LONGEST.dividedBy(2)),
                this::end);
    }

    private Mono<Versioned<Turn>> take(UUID id) {
        return Mono.defer(() -> collection.find(id).singleOptional().flatMap(known -> {
            Instant now = clock.instant();
            Change<Turn, Void> mine = Change.of(new Turn(ids.get(), now.plus(LONGEST)));
            if (known.isEmpty()) {
                return collection.insert(id, mine);
            }
            return known.get().state().until().isAfter(now)
                    ? Mono.error(Failure.conflict("turns.busy", "Not yet."))
                    : collection.update(known.get(), mine);
        }));
    }

    private Mono<Void> end(Versioned<Turn> turn) {
        return collection
                .update(turn, Change.of(new Turn(turn.state().holder(), Instant.EPOCH)))
                .onErrorComplete()
                .then();
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Conflict;
    }
}
