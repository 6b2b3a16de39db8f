package dev.cadenza.catalog.track;

/** In which order; equal ones newest first. */
public record TrackOrder(Field field, boolean ascending) {

    /** Newest first. */
    public static final TrackOrder NEWEST = new TrackOrder(Field.CREATED_AT, false);

    /** Best first. */
    public static final TrackOrder BEST = new TrackOrder(Field.RELEVANCE, false);

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
        POPULARITY,
        /** How well the words fit, popularity counted in; newest first where there are no words. */
        RELEVANCE
    }
}
