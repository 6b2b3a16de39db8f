package dev.cadenza.playlist.user.persistence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.IndexSpec;
import dev.cadenza.platform.events.ProjectionCollection;
import dev.cadenza.playlist.user.FollowedUsers;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Copies of follows in MongoDB. */
@Repository
class ProjectedFollows implements FollowedUsers {

    record UserFollow(UUID followerId, UUID followedId) {}

    private final ProjectionCollection<UserFollow> collection;

    ProjectedFollows(Aggregates aggregates) {
        this.collection = aggregates.projection(
                "user_follows", UserFollow.class, List.of(IndexSpec.on("state.followerId", "state.followedId")));
    }

    @Override
    public Mono<Void> store(UUID id, UUID followerId, UUID followedId, long seq) {
        return collection.apply(id, seq, new UserFollow(followerId, followedId)).then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return collection.remove(id, seq).then();
    }

    @Override
    public Flux<UUID> followedBy(UUID followerId, int most) {
        return collection
                .find(eq("state.followerId", followerId), ascending("state.followedId"), Paging.page(1, most))
                .map(UserFollow::followedId);
    }
}
