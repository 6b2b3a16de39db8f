package dev.cadenza.auth.session.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.auth.session.Session;
import dev.cadenza.auth.session.SessionEvent;
import dev.cadenza.auth.session.Sessions;
import dev.cadenza.auth.session.messaging.SessionEventTranslator;
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
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class MongoSessions implements Sessions {

    private static final String ACCOUNT = "state.account";
    private static final String SID = "state.sid";
    private static final String SECRET = "state.secretHash";
    private static final String LAST_ACTIVITY = "state.lastActivity";
    private static final String EXPIRES_AT = "state.expiresAt";
    private static final String ENDED_AT = "state.endedAt";
    private static final String CLOSING = "state.closing";
    private static final String AT = "state.at";
    private static final int BATCH = 1_000;
    private static final int AT_ONCE = 8;
    private static final int MOST_SHOWN = 500;

    private final AggregateCollection<Session, SessionEvent> collection;
    private final AggregateCollection<End, Void> ends;

    /** When all sessions of an account were ended. */
    record End(Instant at) {}

    MongoSessions(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "sessions",
                Session.class,
                // each event names the topic that it goes to
                "",
                false,
                SessionEventTranslator::translate,
                List.of(
                        IndexSpec.on(ACCOUNT, "-" + LAST_ACTIVITY),
                        IndexSpec.on(SID),
                        IndexSpec.on(SECRET),
                        IndexSpec.on(EXPIRES_AT),
                        IndexSpec.on(CLOSING))));
        this.ends = aggregates.collection(
                AggregateDefinition.unpublished("session_ends", End.class, false, List.of(IndexSpec.on(AT))));
    }

    @Override
    public Mono<Versioned<Session>> insert(UUID id, Change<Session, SessionEvent> change) {
        return collection.insert(id, change);
    }

    @Override
    public Mono<Versioned<Session>> find(UUID id) {
        return collection.find(id);
    }

    @Override
    public Mono<Versioned<Session>> findBySid(String sid) {
        return collection.findOne(eq(SID, sid));
    }

    @Override
    public Mono<Versioned<Session>> findBySecret(String secretHash) {
        return collection.findOne(eq(SECRET, secretHash));
    }

    @Override
    public Flux<Versioned<Session>> open(UUID account, Instant now) {
        return collection.find(openOf(account, now), descending(LAST_ACTIVITY), new Paging(0, MOST_SHOWN));
    }

    @Override
    public Flux<Versioned<Session>> notEnded(UUID account) {
        return collection.find(and(eq(ACCOUNT, account), exists(ENDED_AT, false)));
    }

    @Override
    public Flux<Versioned<Session>> ofAccount(UUID account) {
        return collection.find(eq(ACCOUNT, account));
    }

    @Override
    public Mono<Long> count(UUID account) {
        return collection.count(eq(ACCOUNT, account));
    }

    @Override
    public Mono<Long> countOpen(UUID account, Instant now) {
        return collection.count(openOf(account, now));
    }

    @Override
    public Flux<Versioned<Session>> closing(Instant now, int limit) {
        return collection.find(lte(CLOSING, now), ascending(CLOSING), new Paging(0, limit));
    }

    @Override
    public Flux<Versioned<Session>> over(Instant before, int limit) {
        return collection.find(lt(EXPIRES_AT, before), ascending(EXPIRES_AT), new Paging(0, limit));
    }

    @Override
    public Mono<Versioned<Session>> change(UUID id, Function<Session, Change<Session, SessionEvent>> transition) {
        return collection.change(id, session -> transition.apply(session.state()));
    }

    @Override
    public Mono<Void> remove(Versioned<Session> session) {
        return collection.delete(session, List.of());
    }

    @Override
    public Mono<Void> allEnded(UUID account, Instant now) {
        Mono<Versioned<End>> again = ends.change(account, end -> Change.of(new End(now)));
        return again.switchIfEmpty(Mono.defer(() -> ends.insert(account, Change.of(new End(now)))))
                // somebody else was the first to do so
                .onErrorResume(
                        error -> error instanceof FailureException e && e.failure() instanceof Failure.Conflict,
                        taken -> again)
                .then();
    }

    @Override
    public Mono<Instant> allEndedAt(UUID account) {
        return ends.find(account).map(end -> end.state().at());
    }

    @Override
    public Mono<Long> forgetEnds(Instant before) {
        return ends.find(lt(AT, before), ascending(AT), new Paging(0, BATCH))
                .flatMap(end -> ends.delete(end, List.of()).thenReturn(end), AT_ONCE)
                .count();
    }

    private static Bson openOf(UUID account, Instant now) {
        return and(eq(ACCOUNT, account), exists(ENDED_AT, false), gt(EXPIRES_AT, now));
    }
}
