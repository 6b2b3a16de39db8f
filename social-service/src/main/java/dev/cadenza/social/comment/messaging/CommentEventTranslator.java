package dev.cadenza.social.comment.messaging;

import dev.cadenza.contracts.social.v1.CommentChanged;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.social.comment.Comment;
import dev.cadenza.social.comment.CommentEvent;
import java.time.Instant;

/** Comments as the other services read them. */
public final class CommentEventTranslator {

    /** Where they go. */
    public static final String TOPIC = "social.comment.v1";

    private CommentEventTranslator() {}

    /** The message of a domain event. */
    public static EventMessage translate(Versioned<Comment> comment, CommentEvent event) {
        return switch (event) {
            case CommentEvent.Written written ->
                message(
                        "social.comment.created",
                        comment,
                        comment.state().username(),
                        comment.state().content(),
                        comment.state().createdAt());
            case CommentEvent.Deleted deleted ->
                message("social.comment.deleted", comment, comment.state().username(), "", deleted.at());
            case CommentEvent.Erased erased -> message("social.comment.deleted", comment, "", "", erased.at());
        };
    }

    private static EventMessage message(
            String type, Versioned<Comment> comment, String username, String content, Instant at) {
        Comment state = comment.state();
        return new EventMessage(
                type,
                1,
                new CommentChanged(
                        comment.id(), state.trackId(), state.trackOwnerId(), state.userId(), username, content, at));
    }
}
