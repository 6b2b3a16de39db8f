package dev.cadenza.playlist.user;

import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who follows whom. */
public interface FollowedUsers {

    /**
     * A user follows another one.
     *
     * @param id of the following, as its owner knows it
     */
    Mono<Void> store(UUID id, UUID followerId, UUID followedId, long seq);

    /** Not any more. */
    Mono<Void> remove(UUID id, long seq);

    /** Whom a user follows, so many at most. */
    Flux<UUID> followedBy(UUID followerId, int most);
}
