package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Chord;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Mode;
import java.util.Set;

/** The tones that a line may use over a chord: the key's, without those that rub against a chromatic chord tone. */
final class LocalScale {

    private final boolean[] allowed = new boolean[12];
    private final Chord chord;

    LocalScale(Key key, Chord chord, boolean pentatonic, Set<Integer> blue) {
        this.chord = chord;
        for (int degree = 0; degree < 7; degree++) {
            boolean left =
                    pentatonic && (key.mode() == Mode.MAJOR ? degree == 3 || degree == 6 : degree == 1 || degree == 5);
            allowed[(key.tonic() + key.mode().semitones(degree)) % 12] = !left;
        }
        for (int interval : blue) {
            allowed[(key.tonic() + interval) % 12] = true;
        }
        for (int tone : chord.tones()) {
            if (!key.contains(tone)) {
                // the scale's tone that it stands for: in minor it is raised (the leading tone), in major lowered
                int replaced = (tone + (key.mode() == Mode.MINOR ? 11 : 1)) % 12;
                if (!chord.tones().contains(replaced)) {
                    allowed[replaced] = false;
                }
            }
            allowed[tone] = true;
        }
    }

    /** The pitch {@code steps} scale steps away; a pitch outside the scale is first put into it. */
    int move(int pitch, int steps) {
        int at = nearest(pitch);
        int direction = Integer.signum(steps);
        for (int i = 0; i < Math.abs(steps); i++) {
            do {
                at += direction;
            } while (!allowed[Math.floorMod(at, 12)]);
        }
        return at;
    }

    /** The nearest pitch of the scale, the lower one of two. */
    int nearest(int pitch) {
        for (int distance = 0; ; distance++) {
            if (allowed[Math.floorMod(pitch - distance, 12)]) {
                return pitch - distance;
            }
            if (allowed[Math.floorMod(pitch + distance, 12)]) {
                return pitch + distance;
            }
        }
    }

    /** The nearest chord tone; of two at the same distance the one in {@code direction}. */
    int chordTone(int pitch, int direction) {
        int first = direction >= 0 ? 1 : -1;
        for (int distance = 0; ; distance++) {
            if (chord.contains(pitch + first * distance)) {
                return pitch + first * distance;
            }
            if (chord.contains(pitch - first * distance)) {
                return pitch - first * distance;
            }
        }
    }
}
