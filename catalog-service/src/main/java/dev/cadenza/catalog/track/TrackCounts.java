package dev.cadenza.catalog.track;

/** What others made of a track, as far as this service has heard. */
public record TrackCounts(long likes, long plays, long downloads) {

    /** Nothing yet. */
    public static final TrackCounts NONE = new TrackCounts(0, 0, 0);
}
