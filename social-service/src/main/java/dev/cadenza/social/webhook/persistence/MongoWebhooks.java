package dev.cadenza.social.webhook.persistence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.social.webhook.Webhook;
import dev.cadenza.social.webhook.Webhooks;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Webhooks in MongoDB. */
@Repository
class MongoWebhooks implements Webhooks {

    // far more than a user may have
    private static final Paging ALL = new Paging(0, 10_000);

    private final AggregateCollection<Webhook, Void> collection;

    MongoWebhooks(Aggregates aggregates) {
        this.collection = aggregates.collection(AggregateDefinition.unpublished(
                "webhooks", Webhook.class, false, List.of(IndexSpec.on("state.ownerId", "-state.createdAt"))));
    }

    @Override
    public Mono<Void> add(Webhook webhook) {
        return collection.insert(webhook.id(), new Change<>(webhook, List.of())).then();
    }

    @Override
    public Mono<Webhook> find(UUID id) {
        return collection.find(id).map(Versioned::state);
    }

    @Override
    public Flux<Webhook> of(UUID ownerId) {
        return collection
                .find(eq("state.ownerId", ownerId), descending("state.createdAt", "_id"), ALL)
                .map(Versioned::state);
    }

    @Override
    public Mono<Long> count(UUID ownerId) {
        return collection.count(eq("state.ownerId", ownerId));
    }

    @Override
    public Mono<Webhook> change(UUID id, UnaryOperator<Webhook> transition) {
        return collection
                .change(id, webhook -> new Change<>(transition.apply(webhook.state()), List.of()))
                .map(Versioned::state);
    }

    @Override
    public Mono<Void> remove(UUID id) {
        return collection.find(id).flatMap(webhook -> collection.delete(webhook, List.of()));
    }

    @Override
    public Mono<Long> removeAllOf(UUID ownerId) {
        return collection.deleteAll(eq("state.ownerId", ownerId), List.of()).count();
    }
}
