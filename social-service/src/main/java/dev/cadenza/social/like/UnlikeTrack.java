package dev.cadenza.social.like;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.social.track.FindTrack;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A user takes a like back; where there is none, nothing changes. */
public final class UnlikeTrack {

    private final FindTrack findTrack;
    private final Likes likes;
    private final Clock clock;

    public UnlikeTrack(FindTrack findTrack, Likes likes, Clock clock) {
        this.findTrack = findTrack;
        this.likes = likes;
        this.clock = clock;
    }

    /** Fails with {@link Failure.NotFound} when the user may not see the track. */
    public Mono<Void> unlike(UUID trackId, UUID userId) {
        return findTrack
                .find(trackId, userId)
                .flatMap(track -> likes.change(
                        trackId, userId, like -> like.unlike(clock.instant().truncatedTo(ChronoUnit.MILLIS))))
                .then();
    }
}
