package dev.cadenza.social.comment;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.social.track.FindTrack;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A user comments on a track. */
public final class WriteComment {

    private final FindTrack findTrack;
    private final Comments comments;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public WriteComment(FindTrack findTrack, Comments comments, Clock clock, Supplier<UUID> ids) {
        this.findTrack = findTrack;
        this.comments = comments;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Fails with {@link Failure.NotFound} when the user may not see the track, with {@link Failure.Invalid} for a text
     * that is no comment.
     */
    public Mono<Versioned<Comment>> write(UUID trackId, UUID userId, String username, @Nullable String content) {
        return findTrack
                .find(trackId, userId)
                .map(track -> Comment.write(
                        track, userId, username, content, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .flatMap(written -> comments.add(ids.get(), written));
    }
}
