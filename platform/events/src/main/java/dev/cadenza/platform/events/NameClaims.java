package dev.cadenza.platform.events;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Names that one owner is giving to something at this moment, so that no two things are called the same although they are
 * made at once. One document for each name, under an id that follows from owner and name; a claim of a process that died
 * ends by itself.
 */
public final class NameClaims {

    private static final Logger LOG = LoggerFactory.getLogger(NameClaims.class);

    private final String name;
    private final AggregateCollection<Claim, Void> claims;
    private final Duration lease;
    private final Clock clock;

    record Claim(Instant until) {}

    NameClaims(String name, AggregateCollection<Claim, Void> claims, Duration lease, Clock clock) {
        this.name = name;
        this.claims = claims;
        this.lease = lease;
        this.clock = clock;
    }

    /** Does the work while nobody else gives this name to something of the owner; {@code taken} where somebody does. */
    public <T> Mono<T> alone(UUID ownerId, String wanted, Supplier<? extends Throwable> taken, Mono<T> work) {
        return Mono.defer(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant until = now.plus(lease);
            return Mono.usingWhen(
                    take(ownerId, wanted, now, until)
                            .filter(free -> free)
                            .switchIfEmpty(Mono.defer(() -> Mono.error(taken.get()))),
                    claim -> work,
                    claim -> release(ownerId, wanted, until).onErrorResume(error -> {
                        LOG.warn("a {} of {} stays until {}: {}", name, ownerId, until, error.toString());
                        return Mono.empty();
                    }));
        });
    }

    /** False where somebody else has it until after {@code now}. */
    Mono<Boolean> take(UUID ownerId, String wanted, Instant now, Instant until) {
        UUID id = id(ownerId, wanted);
        Claim claim = new Claim(until);
        return claims.insert(id, new Change<>(claim, List.of()))
                .onErrorResume(
                        NameClaims::conflict,
                        exists -> claims.find(id)
                                .filter(current -> !current.state().until().isAfter(now))
                                .flatMap(expired -> claims.update(expired, new Change<>(claim, List.of()))))
                .map(taken -> true)
                .onErrorResume(NameClaims::conflict, somebodyWasFaster -> Mono.just(false))
                .defaultIfEmpty(false);
    }

    /** Gives back the claim that ends then; nothing where it is somebody else's by now. */
    Mono<Void> release(UUID ownerId, String wanted, Instant until) {
        return claims.find(id(ownerId, wanted))
                .filter(claim -> claim.state().until().equals(until))
                .flatMap(claim -> claims.delete(claim, List.of()))
                .onErrorResume(NameClaims::conflict, takenOver -> Mono.empty());
    }

    private static UUID id(UUID ownerId, String wanted) {
        return UUID.nameUUIDFromBytes((ownerId + "/" + wanted).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean conflict(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
