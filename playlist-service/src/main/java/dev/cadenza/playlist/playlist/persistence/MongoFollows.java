package dev.cadenza.playlist.playlist.persistence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.playlist.playlist.Follow;
import dev.cadenza.playlist.playlist.FollowEvent;
import dev.cadenza.playlist.playlist.Follows;
import dev.cadenza.playlist.playlist.messaging.FollowEventTranslator;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Follows in MongoDB, one document each. */
@Repository
class MongoFollows implements Follows {

    private final AggregateCollection<Follow, FollowEvent> collection;

    MongoFollows(Aggregates aggregates) {
        this.collection = aggregates.collection(new AggregateDefinition<>(
                "follows",
                Follow.class,
                FollowEventTranslator.TOPIC,
                false,
                FollowEventTranslator::translate,
                List.of(IndexSpec.on("state.playlistId"), IndexSpec.on("state.userId", "-state.at"))));
    }

    @Override
    public Mono<Void> add(Follow follow) {
        return collection
                .insert(Follow.id(follow.playlistId(), follow.userId()), Change.of(follow, (FollowEvent)
                        new FollowEvent.Followed()))
                .onErrorResume(MongoFollows::conflict, already -> Mono.empty())
                .then();
    }

    @Override
    public Mono<Void> remove(UUID playlistId, UUID userId) {
        return collection
                .find(Follow.id(playlistId, userId))
                .flatMap(follow -> collection.delete(follow, List.of(new FollowEvent.Unfollowed())))
                .onErrorResume(MongoFollows::conflict, already -> Mono.empty());
    }

    @Override
    public Mono<Long> count(UUID playlistId) {
        return Mono.defer(() -> collection.count(eq("state.playlistId", playlistId)));
    }

    @Override
    public Flux<UUID> followedBy(UUID userId, int most) {
        return collection
                .find(eq("state.userId", userId), descending("state.at", "_id"), Paging.page(1, most))
                .map(follow -> follow.state().playlistId());
    }

    @Override
    public Mono<Void> deleteAllOf(UUID playlistId) {
        return collection
                .deleteAll(eq("state.playlistId", playlistId), List.of())
                .then();
    }

    @Override
    public Mono<Void> deleteAllBy(UUID userId) {
        return collection
                .deleteAll(eq("state.userId", userId), List.of(new FollowEvent.Erased()))
                .then();
    }

    private static boolean conflict(Throwable error) {
        return error instanceof FailureException e && e.failure() instanceof Failure.Conflict;
    }
}
