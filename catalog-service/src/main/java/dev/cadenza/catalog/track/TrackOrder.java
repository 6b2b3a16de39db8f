package dev.cadenza.catalog.track;

/** In which order; equal ones newest first. */
public record TrackOrder(Field field, boolean ascending) {

    /** Newest first. */
    public static final TrackOrder NEWEST = new TrackOrder(Field.CREATED_AT, false);

    /** What may be ordered by. */
    public enum Field {
        CREATED_AT,
        UPDATED_AT,
        PUBLISHED_AT,
        TITLE,
        ARTIST,
        DURATION,
        LIKES,
        DOWNLOADS,
        /** Plays, then likes. */
        POPULARITY
    }
}
