package dev.cadenza.social.like;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.social.track.FindTrack;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who likes a track. */
public final class ListLikes {

    private final FindTrack findTrack;
    private final Likes likes;

    public ListLikes(FindTrack findTrack, Likes likes) {
        this.findTrack = findTrack;
        this.likes = likes;
    }

    /** Newest first; fails with {@link Failure.NotFound} when {@code viewer} may not see the track. */
    public Mono<Page<Like>> list(UUID trackId, @Nullable UUID viewer, Paging paging) {
        return findTrack.find(trackId, viewer).flatMap(track -> likes.ofTrack(trackId, paging));
    }
}
