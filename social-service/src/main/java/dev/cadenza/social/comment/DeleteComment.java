package dev.cadenza.social.comment;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.social.track.Track;
import dev.cadenza.social.track.Tracks;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Deletes a comment: its author, the track's owner and administrators may. */
public final class DeleteComment {

    private final Tracks tracks;
    private final Comments comments;
    private final Clock clock;

    public DeleteComment(Tracks tracks, Comments comments, Clock clock) {
        this.tracks = tracks;
        this.comments = comments;
        this.clock = clock;
    }

    /**
     * Fails with {@link Failure.NotFound} when there is no such comment or it is on a track that the user may not see,
     * with {@link Failure.Forbidden} when the user may only read it.
     */
    public Mono<Void> delete(UUID commentId, UUID userId, boolean admin) {
        return comments.find(commentId)
                .switchIfEmpty(Mono.error(DeleteComment::notFound))
                .flatMap(comment -> comment.state().mayBeDeletedBy(userId, admin)
                        ? comments.delete(
                                comment, comment.state().deleted(clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                        : refuse(comment, userId));
    }

    private Mono<Void> refuse(Versioned<Comment> comment, UUID userId) {
        return tracks.find(comment.state().trackId())
                .map(track -> seen(track, userId))
                .defaultIfEmpty(notFound())
                .flatMap(Mono::error);
    }

    private static RuntimeException seen(Track track, UUID userId) {
        return track.visibleTo(userId)
                ? Failure.forbidden("comment.not_yours", "This comment is not yours to delete.")
                : notFound();
    }

    private static RuntimeException notFound() {
        return Failure.notFound("comment.not_found", "Comment not found.");
    }
}
