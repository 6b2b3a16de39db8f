package dev.cadenza.auth.mail.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.auth.mail.Mail;
import dev.cadenza.auth.mail.Mails;
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
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class MongoMails implements Mails {

    private static final String DUE_AT = "state.dueAt";
    private static final String AT = "state.at";

    private final AggregateCollection<Mail, Void> collection;

    MongoMails(Aggregates aggregates) {
        this.collection = aggregates.collection(AggregateDefinition.unpublished(
                "mails", Mail.class, false, List.of(IndexSpec.on(DUE_AT), IndexSpec.on(AT))));
    }

    @Override
    public Mono<Void> insert(UUID id, Change<Mail, Void> change) {
        return collection
                .insert(id, change)
                .onErrorResume(
                        error -> error instanceof FailureException e && e.failure() instanceof Failure.Conflict,
                        there -> Mono.empty())
                .then();
    }

    @Override
    public Flux<Versioned<Mail>> due(Instant now, int limit) {
        return collection.find(lte(DUE_AT, now), ascending(DUE_AT), new Paging(0, limit));
    }

    @Override
    public Flux<Versioned<Mail>> done(Instant before, int limit) {
        return collection.find(and(lt(AT, before), exists(DUE_AT, false)), ascending(AT), new Paging(0, limit));
    }

    @Override
    public Mono<Versioned<Mail>> update(Versioned<Mail> current, Change<Mail, Void> change) {
        return collection.update(current, change);
    }

    @Override
    public Mono<Void> remove(Versioned<Mail> mail) {
        return collection.delete(mail, List.of());
    }
}
