package dev.cadenza.playlist.playlist;

/** What happens between a user and a playlist. */
public sealed interface FollowEvent {

    /** The user follows it. */
    record Followed() implements FollowEvent {}

    /** Not any more. */
    record Unfollowed() implements FollowEvent {}

    /** The account of the user is gone: who it was is not told any more. */
    record Erased() implements FollowEvent {}
}
