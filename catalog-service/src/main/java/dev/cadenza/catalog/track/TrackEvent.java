package dev.cadenza.catalog.track;

/** What happened to a track. */
public sealed interface TrackEvent {

    /** It is stored and playable. */
    record Uploaded() implements TrackEvent {}

    /** It was measured. */
    record Processed() implements TrackEvent {}

    /** It turned out to be unusable. */
    record Failed() implements TrackEvent {}

    /** Its owner changed what is said about it. */
    record Updated() implements TrackEvent {}

    /** Its owner removed it. */
    record Deleted() implements TrackEvent {}

    /** It is gone with the account that owned it: what was said about it is not told any more. */
    record Erased() implements TrackEvent {}
}
