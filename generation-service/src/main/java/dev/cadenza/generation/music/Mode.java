package dev.cadenza.generation.music;

/** The two modes of the published APIs; their scales in semitones above the tonic. */
public enum Mode {
    /** 0 2 4 5 7 9 11. */
    MAJOR(0, 2, 4, 5, 7, 9, 11),
    /** Natural minor: 0 2 3 5 7 8 10. */
    MINOR(0, 2, 3, 5, 7, 8, 10);

    private final int[] scale;

    Mode(int... scale) {
        this.scale = scale;
    }

    /** Semitones above the tonic of a scale degree, counted from 0; degrees beyond 6 are in higher octaves. */
    public int semitones(int degree) {
        return scale[Math.floorMod(degree, 7)] + 12 * Math.floorDiv(degree, 7);
    }
}
