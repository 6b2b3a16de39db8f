package dev.cadenza.social.like;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.social.track.FindTrack;
import dev.cadenza.social.track.Track;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A user likes a track; doing so again changes nothing. */
public final class LikeTrack {

    private final FindTrack findTrack;
    private final Likes likes;
    private final Clock clock;

    public LikeTrack(FindTrack findTrack, Likes likes, Clock clock) {
        this.findTrack = findTrack;
        this.likes = likes;
        this.clock = clock;
    }

    /** Fails with {@link Failure.NotFound} when the user may not see the track. */
    public Mono<Void> like(UUID trackId, UUID userId, String username) {
        return findTrack.find(trackId, userId).flatMap(track -> like(track, userId, username));
    }

    private Mono<Void> like(Track track, UUID userId, String username) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Mono<Like> again = likes.change(track.id(), userId, like -> like.like(username, now));
        Mono<Void> first = likes.add(Like.first(track.id(), track.ownerId(), userId, username, now));
        return again.hasElement()
                .flatMap(known -> known
                        ? Mono.empty()
                        // somebody else's request of the same user may have been faster
                        : first.onErrorResume(LikeTrack::isConflict, lost -> again.then()));
    }

    private static boolean isConflict(Throwable error) {
        return error instanceof FailureException failed && failed.failure() instanceof Failure.Conflict;
    }
}
