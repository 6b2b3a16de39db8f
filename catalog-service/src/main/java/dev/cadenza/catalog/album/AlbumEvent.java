package dev.cadenza.catalog.album;

/** What happened to an album. */
public sealed interface AlbumEvent {

    /** It is there. */
    record Created() implements AlbumEvent {}

    /** Its owner changed it, or a track left it. */
    record Updated() implements AlbumEvent {}

    /** Its owner removed it. */
    record Deleted() implements AlbumEvent {}

    /** It is gone with the account that owned it: what was said about it is not told any more. */
    record Erased() implements AlbumEvent {}
}
