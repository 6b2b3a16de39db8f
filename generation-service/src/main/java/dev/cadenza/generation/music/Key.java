package dev.cadenza.generation.music;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key such as {@code C_minor}.
 *
 * @param name tonic as it is spelt, such as {@code F#} or {@code Eb}
 * @param tonic pitch class, 0 (C) to 11 (B)
 */
public record Key(String name, int tonic, Mode mode) {

    private static final Pattern WORD = Pattern.compile("([A-G])(#|b)?_(major|minor)");
    private static final Map<Character, Integer> NATURALS =
            Map.of('C', 0, 'D', 2, 'E', 4, 'F', 5, 'G', 7, 'A', 9, 'B', 11);
    private static final String[] MAJOR_NAMES = {"C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};
    private static final String[] MINOR_NAMES = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"};
    /** Sharps (positive) or flats (negative) of the major key on each pitch class. */
    private static final int[] SIGNATURES = {0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5};

    /** The key that a client wrote; empty where it is not {@code [A-G](#|b)?_(major|minor)}. */
    public static Optional<Key> parse(String word) {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String accidental = matcher.group(2) == null ? "" : matcher.group(2);
        return Optional.of(spelt(
                matcher.group(1) + accidental, Mode.valueOf(matcher.group(3).toUpperCase(Locale.ROOT))));
    }

    /** A key by its spelt tonic, such as {@code Bb}. */
    public static Key spelt(String name, Mode mode) {
        int natural = NATURALS.getOrDefault(name.charAt(0), 0);
        int shift = name.length() == 1 ? 0 : name.charAt(1) == '#' ? 1 : -1;
        return new Key(name, Math.floorMod(natural + shift, 12), mode);
    }

    /** A key by pitch class, in its usual spelling. */
    public static Key of(int tonic, Mode mode) {
        return new Key((mode == Mode.MAJOR ? MAJOR_NAMES : MINOR_NAMES)[tonic], tonic, mode);
    }

    /** As clients write it: {@code C_minor}. */
    public String word() {
        return name + "_" + mode.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the pitch class of {@code pitch} belongs to the scale. */
    public boolean contains(int pitch) {
        int above = Math.floorMod(pitch - tonic, 12);
        for (int degree = 0; degree < 7; degree++) {
            if (mode.semitones(degree) == above) {
                return true;
            }
        }
        return false;
    }

    /** MIDI pitch of a scale degree (from 0) in the octave whose tonic is the first at or above {@code base}. */
    public int pitch(int base, int degree) {
        return base + Math.floorMod(tonic - base, 12) + mode.semitones(degree);
    }

    /** Sharps, or flats as a negative number, of the key signature. */
    public int signature() {
        int major = SIGNATURES[mode == Mode.MAJOR ? tonic : (tonic + 3) % 12];
        boolean flat = name.length() == 2 && name.charAt(1) == 'b';
        // F#/Gb and their like: the spelling decides, as long as seven accidentals are enough
        if (flat && major > 0 && major - 12 >= -7) {
            return major - 12;
        }
        boolean sharp = name.length() == 2 && name.charAt(1) == '#';
        return sharp && major < 0 && major + 12 <= 7 ? major + 12 : major;
    }
}
