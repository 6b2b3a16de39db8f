package dev.cadenza.social.like.messaging;

import dev.cadenza.contracts.social.v1.LikeChanged;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.social.like.Like;
import dev.cadenza.social.like.LikeEvent;

/** Likes as the other services read them. */
public final class LikeEventTranslator {

    /** Where they go. */
    public static final String TOPIC = "social.like.v1";

    private LikeEventTranslator() {}

    /** The message of a domain event. */
    public static EventMessage translate(Versioned<Like> aggregate, LikeEvent event) {
        Like like = aggregate.state();
        return switch (event) {
            case LikeEvent.Liked liked -> message("social.like.liked", like, like.username(), true);
            case LikeEvent.Unliked unliked -> message("social.like.unliked", like, like.username(), false);
            case LikeEvent.Erased erased -> message("social.like.unliked", like, "", false);
        };
    }

    private static EventMessage message(String type, Like like, String username, boolean liked) {
        return new EventMessage(
                type,
                1,
                new LikeChanged(like.trackId(), like.trackOwnerId(), like.userId(), username, liked, like.at()));
    }
}
