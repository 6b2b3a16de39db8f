package dev.cadenza.playlist.playlist;

import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who follows which playlist. */
public interface Follows {

    /** Does nothing where it is so already. */
    Mono<Void> add(Follow follow);

    /** Does nothing where there is none. */
    Mono<Void> remove(UUID playlistId, UUID userId);

    /** How many follow a playlist. */
    Mono<Long> count(UUID playlistId);

    /** The playlists that a user follows, the newest of them. */
    Flux<UUID> followedBy(UUID userId, int most);

    /** Nobody follows a playlist that is gone. */
    Mono<Void> deleteAllOf(UUID playlistId);

    /** An account that is gone follows nothing. */
    Mono<Void> deleteAllBy(UUID userId);
}
