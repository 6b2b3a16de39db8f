package dev.cadenza.generation.generation;

/** Order of a list. */
public record GenerationOrder(Field field, boolean ascending) {

    /** Newest first. */
    public static final GenerationOrder USUAL = new GenerationOrder(Field.CREATED_AT, false);

    /** What a list can be ordered by. */
    public enum Field {
        /** When it was asked for. */
        CREATED_AT,
        /** When something last happened to it. */
        UPDATED_AT,
        /** Length of the song. */
        DURATION
    }
}
