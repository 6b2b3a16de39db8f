package dev.cadenza.auth.key.persistence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.auth.key.KeyEvent;
import dev.cadenza.auth.key.KeyRing;
import dev.cadenza.auth.key.KeyRings;
import dev.cadenza.auth.key.messaging.KeyEventTranslator;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class MongoKeyRings implements KeyRings {

    private static final String HASH = "state.keys.hash";
    private static final String REPLACED_HASH = "state.keys.replaced.hash";
    private static final String EXPIRES_AT = "state.keys.expiresAt";
    private static final String REVOKED_AT = "state.keys.revokedAt";
    private static final int BATCH = 100;

    private final AggregateCollection<KeyRing, KeyEvent> collection;

    MongoKeyRings(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "key_rings",
                KeyRing.class,
                // every message names its own: all of them are other aggregates' topics too
                "",
                false,
                KeyEventTranslator::translate,
                List.of(
                        IndexSpec.on(HASH),
                        IndexSpec.on(REPLACED_HASH),
                        IndexSpec.on(EXPIRES_AT),
                        IndexSpec.on(REVOKED_AT))));
    }

    @Override
    public Mono<KeyRing> find(UUID account) {
        return collection.find(account).map(Versioned::state);
    }

    @Override
    public Mono<Versioned<KeyRing>> findBySecret(String hash) {
        return collection.findOne(or(eq(HASH, hash), eq(REPLACED_HASH, hash)));
    }

    @Override
    public Flux<UUID> withEnded(Instant before) {
        return collection
                .find(or(lt(EXPIRES_AT, before), lt(REVOKED_AT, before)), ascending("_id"), new Paging(0, BATCH))
                .map(Versioned::id);
    }

    @Override
    public Mono<KeyRing> changeOrBegin(UUID account, Function<KeyRing, Change<KeyRing, KeyEvent>> transition) {
        return change(account, transition)
                .switchIfEmpty(Mono.defer(() -> collection
                        .insert(account, transition.apply(KeyRing.EMPTY))
                        .map(Versioned::state)
                        .onErrorResume(
                                error -> error instanceof FailureException e
                                        && e.failure() instanceof Failure.Conflict conflict
                                        && conflict.code().equals("key_rings.exists"),
                                faster -> change(account, transition))));
    }

    @Override
    public Mono<KeyRing> change(UUID account, Function<KeyRing, Change<KeyRing, KeyEvent>> transition) {
        return collection
                .change(account, ring -> transition.apply(ring.state()))
                .map(Versioned::state);
    }

    @Override
    public Mono<Void> delete(UUID account, Function<KeyRing, List<KeyEvent>> events) {
        return collection.find(account).flatMap(ring -> collection.delete(ring, events.apply(ring.state())));
    }
}
