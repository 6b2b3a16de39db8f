package dev.cadenza.social.like;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** All likes. */
public interface Likes {

    /** Stores a first like; fails with a conflict where there is one already. */
    Mono<Void> add(Change<Like, LikeEvent> first);

    /** Changes what is there, again on a lost race; empty when this user never liked this track. */
    Mono<Like> change(UUID trackId, UUID userId, Function<Like, Change<Like, LikeEvent>> transition);

    /** Removes all of one user, as if they had never been; how many. */
    Mono<Long> removeAllOf(UUID userId);

    /** Who likes a track now, newest first. */
    Mono<Page<Like>> ofTrack(UUID trackId, Paging paging);
}
