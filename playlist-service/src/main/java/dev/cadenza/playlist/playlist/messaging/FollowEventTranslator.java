package dev.cadenza.playlist.playlist.messaging;

import dev.cadenza.contracts.playlist.v1.PlaylistFollowChanged;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.events.EventMessage;
import dev.cadenza.playlist.playlist.Follow;
import dev.cadenza.playlist.playlist.FollowEvent;

/** Follows as the other services read them. */
public final class FollowEventTranslator {

    /** Where they go. */
    public static final String TOPIC = "playlist.follow.v1";

    private FollowEventTranslator() {}

    /** The message of a domain event. */
    public static EventMessage translate(Versioned<Follow> follow, FollowEvent event) {
        Follow state = follow.state();
        return switch (event) {
            case FollowEvent.Followed followed -> message("playlist.follow.followed", state, state.username(), true);
            case FollowEvent.Unfollowed unfollowed ->
                message("playlist.follow.unfollowed", state, state.username(), false);
            // the last word about a follow stays on its topic for ever
            case FollowEvent.Erased erased -> message("playlist.follow.unfollowed", state, "", false);
        };
    }

    private static EventMessage message(String type, Follow state, String username, boolean following) {
        return new EventMessage(
                type,
                1,
                new PlaylistFollowChanged(
                        state.playlistId(), state.playlistOwnerId(), state.userId(), username, following, state.at()));
    }
}
