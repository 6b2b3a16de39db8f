package dev.cadenza.social.like;

/** What happens to a like. */
public sealed interface LikeEvent {

    /** It was given. */
    record Liked() implements LikeEvent {}

    /** It was taken back. */
    record Unliked() implements LikeEvent {}

    /** It is gone with the account that gave it, whose name is not told any more. */
    record Erased() implements LikeEvent {}
}
