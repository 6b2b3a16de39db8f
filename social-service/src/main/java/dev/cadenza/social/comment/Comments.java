package dev.cadenza.social.comment;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** All comments. */
public interface Comments {

    /** Stores a new comment. */
    Mono<Versioned<Comment>> add(UUID id, Change<Comment, CommentEvent> written);

    /** Empty when there is none. */
    Mono<Versioned<Comment>> find(UUID id);

    /** Removes a comment; fails with a conflict when it is not as it was read. */
    Mono<Void> delete(Versioned<Comment> comment, List<CommentEvent> events);

    /** Removes all that one user wrote; how many. */
    Mono<Long> deleteAllOf(UUID userId, List<CommentEvent> events);

    /** Comments on a track, newest first. */
    Mono<Page<Versioned<Comment>>> onTrack(UUID trackId, Paging paging);
}
