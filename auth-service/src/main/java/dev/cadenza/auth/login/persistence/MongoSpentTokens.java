package dev.cadenza.auth.login.persistence;

import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.auth.login.SpentTokens;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The token's hash is the row's id, so that the database decides who is first. */
@Repository
class MongoSpentTokens implements SpentTokens {

    private static final String UNTIL = "state.until";
    private static final int BATCH = 1_000;
    private static final int AT_ONCE = 8;

    private final AggregateCollection<SpentToken, Void> collection;

    /** A token that was used. */
    record SpentToken(UUID session, Instant until) {}

    MongoSpentTokens(Aggregates aggregates) {
        this.collection = aggregates.collection(
                AggregateDefinition.unpublished("spent_tokens", SpentToken.class, false, List.of(IndexSpec.on(UNTIL))));
    }

    @Override
    public Mono<Boolean> spend(String hash, UUID session, Instant until) {
        return collection
                .insert(id(hash), Change.of(new SpentToken(session, until)))
                .map(stored -> true)
                .onErrorResume(
                        error -> error instanceof FailureException e && e.failure() instanceof Failure.Conflict,
                        taken -> Mono.just(false));
    }

    @Override
    public Mono<Void> release(String hash) {
        return collection.find(id(hash)).flatMap(row -> collection.delete(row, List.of()));
    }

    @Override
    public Mono<UUID> sessionOf(String hash) {
        return collection.find(id(hash)).map(row -> row.state().session());
    }

    @Override
    public Mono<Long> forget(Instant now) {
        return collection
                .find(lt(UNTIL, now), ascending(UNTIL), new Paging(0, BATCH))
                .flatMap(row -> collection.delete(row, List.of()).thenReturn(row), AT_ONCE)
                .count();
    }

    /** Half of a SHA-256: as good as the whole against collisions by accident, and nobody can make one on purpose. */
    private static UUID id(String hash) {
        return new UUID(
                new BigInteger(hash.substring(0, 16), 16).longValue(),
                new BigInteger(hash.substring(16, 32), 16).longValue());
    }
}
