package dev.cadenza.playlist.playlist;

import java.util.UUID;

/** What happens to a playlist. */
public sealed interface PlaylistEvent {

    /** It was created. */
    record Created() implements PlaylistEvent {}

    /** Its facts or its order changed. */
    record Updated() implements PlaylistEvent {}

    /** It was deleted. */
    record Deleted() implements PlaylistEvent {}

    /** It is gone with the account that owned it: what was in it is not told any more. */
    record Erased() implements PlaylistEvent {}

    /** A track was added. */
    record TrackAdded(UUID trackId) implements PlaylistEvent {}

    /** A track was taken out. */
    record TrackRemoved(UUID trackId) implements PlaylistEvent {}
}
