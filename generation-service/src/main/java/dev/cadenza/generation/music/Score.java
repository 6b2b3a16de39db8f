package dev.cadenza.generation.music;

import java.util.List;
import java.util.Set;

/**
 * A finished composition.
 *
 * @param tempo quarter notes a minute
 * @param durationSeconds exact length of the audio, ring-out included
 * @param chords in order, without gaps, to the last chord that rings out
 * @param chromatic pitch classes outside the key that the style uses on purpose, such as blue notes
 * @param swing where an off-beat falls within its beat: 0.5 is straight, 2/3 a triplet
 */
public record Score(
        String title,
        String genre,
        Key key,
        int tempo,
        Meter meter,
        double durationSeconds,
        double swing,
        List<Section> sections,
        List<ChordSpan> chords,
        List<Part> parts,
        Set<Integer> chromatic) {

    public Score {
        sections = List.copyOf(sections);
        chords = List.copyOf(chords);
        parts = List.copyOf(parts);
        chromatic = Set.copyOf(chromatic);
    }

    /** Seconds at a position in quarter notes. */
    public double seconds(double beat) {
        return beat * 60.0 / tempo;
    }

    /** Length of the audio in quarter notes. */
    public double lengthInBeats() {
        return durationSeconds * tempo / 60.0;
    }

    /** The chord that sounds at a position; the last one from its start on. */
    public Chord chordAt(double beat) {
        Chord found = chords.getFirst().chord();
        for (ChordSpan span : chords) {
            if (span.beat() > beat + 1e-9) {
                break;
            }
            found = span.chord();
        }
        return found;
    }
}
