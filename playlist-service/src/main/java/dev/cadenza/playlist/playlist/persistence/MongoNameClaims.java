package dev.cadenza.playlist.playlist.persistence;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.playlist.playlist.NameClaims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** One document for each title that is claimed, under an id that follows from owner and title. */
@Repository
class MongoNameClaims implements NameClaims {

    record Claim(Instant until) {}

    private final AggregateCollection<Claim, Void> claims;

    MongoNameClaims(Aggregates aggregates) {
        this.claims =
                aggregates.collection(AggregateDefinition.unpublished("name_claims", Claim.class, false, List.of()));
    }

    @Override
    public Mono<Boolean> take(UUID ownerId, String title, Instant now, Instant until) {
        UUID id = id(ownerId, title);
        Claim claim = new Claim(until);
        return claims.insert(id, new Change<>(claim, List.of()))
                .onErrorResume(
                        MongoNameClaims::conflict,
                        exists -> claims.find(id)
                                .filter(current -> !current.state().until().isAfter(now))
                                .flatMap(expired -> claims.update(expired, new Change<>(claim, List.of()))))
                .map(taken -> true)
                .onErrorResume(MongoNameClaims::conflict, somebodyWasFaster -> Mono.just(false))
                .defaultIfEmpty(false);
    }

    @Override
    public Mono<Void> release(UUID ownerId, String title, Instant until) {
        return claims.find(id(ownerId, title))
                .filter(claim -> claim.state().until().equals(until))
                .flatMap(claim -> claims.delete(claim, List.of()))
                .onErrorResume(MongoNameClaims::conflict, takenOver -> Mono.empty());
    }

    private static UUID id(UUID ownerId, String title) {
        return UUID.nameUUIDFromBytes((ownerId + "/" + title).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean conflict(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
