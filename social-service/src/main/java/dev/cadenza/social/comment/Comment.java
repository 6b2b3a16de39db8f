package dev.cadenza.social.comment;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.social.track.Track;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about a track.
 *
 * @param username of the author, when it was written
 * @param content 1 to {@value #MAX_LENGTH} characters, without space around them
 */
public record Comment(
        UUID trackId, UUID trackOwnerId, UUID userId, String username, String content, Instant createdAt) {

    /** Longest text, in UTF-16 units. */
    public static final int MAX_LENGTH = 2_000;

    /**
     * A new comment.
     *
     * @throws dev.cadenza.platform.core.FailureException invalid {@code content}
     */
    public static Change<Comment, CommentEvent> write(
            Track track, UUID userId, String username, @Nullable String content, Instant now) {
        String text = content == null ? "" : content.strip();
        if (text.isEmpty()) {
            throw Failure.invalidField("content", "A comment must say something.");
        }
        if (text.length() > MAX_LENGTH) {
            throw Failure.invalidField("content", "A comment has at most " + MAX_LENGTH + " characters.");
        }
        return Change.of(
                new Comment(track.id(), track.ownerId(), userId, username, text, now), new CommentEvent.Written());
    }

    /** The author, the track's owner and administrators may delete it. */
    public boolean mayBeDeletedBy(UUID user, boolean admin) {
        return admin || userId.equals(user) || trackOwnerId.equals(user);
    }

    /** What deleting makes true. */
    public List<CommentEvent> deleted(Instant now) {
        return List.of(new CommentEvent.Deleted(now));
    }
}
