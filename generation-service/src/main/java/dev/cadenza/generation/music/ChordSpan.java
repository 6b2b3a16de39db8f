package dev.cadenza.generation.music;

/** A chord and when it sounds, in quarter notes. */
public record ChordSpan(double beat, double length, Chord chord) {

    /** Where it ends. */
    public double end() {
        return beat + length;
    }
}
