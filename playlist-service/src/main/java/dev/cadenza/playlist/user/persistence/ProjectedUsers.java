package dev.cadenza.playlist.user.persistence;

import static com.mongodb.client.model.Filters.in;

import dev.cadenza.platform.events.Aggregates;
import dev.cadenza.platform.events.ProjectionCollection;
import dev.cadenza.playlist.user.User;
import dev.cadenza.playlist.user.Users;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Copies of accounts in MongoDB. */
@Repository
class ProjectedUsers implements Users {

    private final ProjectionCollection<User> collection;

    ProjectedUsers(Aggregates aggregates) {
        this.collection = aggregates.projection("users", User.class, List.of());
    }

    @Override
    public Mono<User> find(UUID id) {
        return collection.find(id);
    }

    @Override
    public Flux<User> find(Collection<UUID> ids) {
        return ids.isEmpty() ? Flux.empty() : collection.find(in("_id", ids));
    }

    @Override
    public Mono<Void> store(User user, long seq) {
        return collection.apply(user.id(), seq, user).then();
    }

    @Override
    public Mono<Void> remove(UUID id, long seq) {
        return collection.remove(id, seq).then();
    }
}
