package dev.cadenza.auth.account.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.auth.account.MailRequest;
import dev.cadenza.auth.account.MailRequests;
import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.auth.secret.Sha256;
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

/** One document for each kind and address, whose id is derived from both. */
@Repository
class MongoMailRequests implements MailRequests {

    private static final String WAITING_SINCE = "state.waitingSince";
    private static final String LAST_ASKED_AT = "state.lastAskedAt";
    private static final int BATCH = 1_000;
    private static final int AT_ONCE = 8;

    private final AggregateCollection<MailRequest, Void> collection;

    MongoMailRequests(Aggregates aggregates) {
        this.collection = aggregates.collection(AggregateDefinition.unpublished(
                "mail_requests",
                MailRequest.class,
                false,
                List.of(IndexSpec.on(WAITING_SINCE), IndexSpec.on(LAST_ASKED_AT))));
    }

    @Override
    public Mono<Versioned<MailRequest>> change(
            MailKind kind, String address, Function<MailRequest, Change<MailRequest, Void>> transition) {
        UUID id = id(kind, address);
        Mono<Versioned<MailRequest>> known = collection.change(id, request -> transition.apply(request.state()));
        return known.switchIfEmpty(
                        Mono.defer(() -> collection.insert(id, transition.apply(MailRequest.none(kind, address)))))
                // somebody else was first to ask
                .onErrorResume(MongoMailRequests::isConflict, there -> known);
    }

    @Override
    public Flux<Versioned<MailRequest>> waiting(Instant now, int limit) {
        return collection.find(lte(WAITING_SINCE, now), ascending(WAITING_SINCE), new Paging(0, limit));
    }

    @Override
    public Mono<Long> forget(Instant before) {
        return collection
                .find(
                        and(lt(LAST_ASKED_AT, before), exists(WAITING_SINCE, false)),
                        ascending(LAST_ASKED_AT),
                        new Paging(0, BATCH))
                .flatMap(request -> collection.delete(request, List.of()).thenReturn(request), AT_ONCE)
                .count();
    }

    private static UUID id(MailKind kind, String address) {
        return Sha256.id(kind + " " + address);
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failure && failure.failure() instanceof Failure.Conflict;
    }
}
