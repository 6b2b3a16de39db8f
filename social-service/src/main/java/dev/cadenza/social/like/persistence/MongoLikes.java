package dev.cadenza.social.like.persistence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.social.like.Like;
import dev.cadenza.social.like.LikeEvent;
import dev.cadenza.social.like.Likes;
import dev.cadenza.social.like.messaging.LikeEventTranslator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Likes in MongoDB. */
@Repository
class MongoLikes implements Likes {

    private final AggregateCollection<Like, LikeEvent> collection;

    MongoLikes(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "likes",
                Like.class,
                LikeEventTranslator.TOPIC,
                false,
                LikeEventTranslator::translate,
                List.of(IndexSpec.on("state.trackId", "state.liked", "-state.at"), IndexSpec.on("state.userId"))));
    }

    @Override
    public Mono<Void> add(Change<Like, LikeEvent> first) {
        Like like = first.state();
        return collection
                .insert(Like.idOf(like.trackId(), like.userId()), first)
                .then();
    }

    @Override
    public Mono<Like> change(UUID trackId, UUID userId, Function<Like, Change<Like, LikeEvent>> transition) {
        return collection
                .change(Like.idOf(trackId, userId), like -> transition.apply(like.state()))
                .map(Versioned::state);
    }

    @Override
    public Mono<Long> removeAllOf(UUID userId) {
        return collection
                .deleteAll(eq("state.userId", userId), List.of(new LikeEvent.Erased()))
                .count();
    }

    @Override
    public Mono<Page<Like>> ofTrack(UUID trackId, Paging paging) {
        return collection
                .page(and(eq("state.trackId", trackId), eq("state.liked", true)), descending("state.at", "_id"), paging)
                .map(page -> page.map(Versioned::state));
    }
}
