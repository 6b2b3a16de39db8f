package dev.cadenza.social.comment;

import java.time.Instant;

/** What happens to a comment. */
public sealed interface CommentEvent {

    /** It was written. */
    record Written() implements CommentEvent {}

    /** It was deleted. */
    record Deleted(Instant at) implements CommentEvent {}

    /** It is gone with the account that wrote it, whose name is not told any more. */
    record Erased(Instant at) implements CommentEvent {}
}
