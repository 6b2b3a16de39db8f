package dev.cadenza.generation.music;

/** What a part does in the arrangement. */
public enum Role {
    /** The tune. */
    MELODY,
    /** A second voice below the tune. */
    HARMONY,
    /** Chords in the rhythm of the style. */
    CHORDS,
    /** The same chords once more, a second player. */
    CHORDS_TWO,
    /** Long chords. */
    PAD,
    /** Broken chords. */
    ARPEGGIO,
    /** The lowest line. */
    BASS,
    /** The kit. */
    DRUMS
}
