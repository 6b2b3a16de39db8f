package dev.cadenza.social.comment;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.social.track.FindTrack;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What was said about a track. */
public final class ListComments {

    private final FindTrack findTrack;
    private final Comments comments;

    public ListComments(FindTrack findTrack, Comments comments) {
        this.findTrack = findTrack;
        this.comments = comments;
    }

    /** Newest first; fails with {@link Failure.NotFound} when {@code viewer} may not see the track. */
    public Mono<Page<Versioned<Comment>>> list(UUID trackId, @Nullable UUID viewer, Paging paging) {
        return findTrack.find(trackId, viewer).flatMap(track -> comments.onTrack(trackId, paging));
    }
}
