package dev.cadenza.generation.music;

/**
 * One note.
 *
 * @param beat start in quarter notes from the beginning of the song
 * @param length in quarter notes
 * @param pitch MIDI note number, for kits the piece
 * @param velocity 1 to 127
 */
public record Note(double beat, double length, int pitch, int velocity) {

    /** Where it ends, in quarter notes. */
    public double end() {
        return beat + length;
    }
}
