package dev.cadenza.generation.music;

/**
 * A section of the song.
 *
 * @param firstBar from 0
 * @param energy 0 (barely there) to 1 (everything plays)
 */
public record Section(Kind kind, int firstBar, int bars, double energy) {

    /** What the section is in the form. */
    public enum Kind {
        /** Opens. */
        INTRO,
        /** Tells. */
        VERSE,
        /** Is remembered. */
        CHORUS,
        /** Contrasts. */
        BRIDGE,
        /** Leads out. */
        OUTRO
    }

    /** First bar after the section. */
    public int endBar() {
        return firstBar + bars;
    }
}
