package dev.cadenza.catalog.track.persistence;

import dev.cadenza.catalog.track.TitleClaims;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One document for each title that is claimed, under an id that follows from owner and title. */
@Component
final class MongoTitleClaims implements TitleClaims {

    record Claim(Instant until) {}

    private final AggregateCollection<Claim, Void> claims;

    MongoTitleClaims(Aggregates aggregates) {
        this.claims =
                aggregates.collection(AggregateDefinition.unpublished("title_claim", Claim.class, false, List.of()));
    }

    @Override
    public Mono<Boolean> take(UUID ownerId, String title, Instant now, Instant until) {
        UUID id = id(ownerId, title);
        Claim claim = new Claim(until);
        return claims.insert(id, new Change<>(claim, List.of()))
                .onErrorResume(
                        MongoTitleClaims::conflict,
                        exists -> claims.find(id)
                                .filter(current -> !current.state().until().isAfter(now))
                                .flatMap(expired -> claims.update(expired, new Change<>(claim, List.of()))))
                .map(taken -> true)
                .onErrorResume(MongoTitleClaims::conflict, somebodyWasFaster -> Mono.just(false))
                .defaultIfEmpty(false);
    }

    @Override
    public Mono<Void> release(UUID ownerId, String title, Instant until) {
        return claims.find(id(ownerId, title))
                .filter(claim -> claim.state().until().equals(until))
                .flatMap(claim -> claims.delete(claim, List.of()))
                .onErrorResume(MongoTitleClaims::conflict, takenOver -> Mono.empty());
    }

    private static UUID id(UUID ownerId, String title) {
        return UUID.nameUUIDFromBytes((ownerId + "/" + title).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean conflict(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
