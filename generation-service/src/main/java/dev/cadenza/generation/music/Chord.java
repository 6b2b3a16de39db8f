package dev.cadenza.generation.music;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chord in a key.
 *
 * @param numeral as progressions write it, such as {@code vi} or {@code V7}
 * @param root pitch class
 * @param tones pitch classes, root first, each once
 * @param symbol as a lead sheet shows it, such as {@code F#m7}
 */
public record Chord(String numeral, int root, List<Integer> tones, String symbol) {

    private static final Pattern NUMERAL = Pattern.compile("(b|#)?(VII|VI|V|IV|III|II|I|vii|vi|v|iv|iii|ii|i)(.*)");
    private static final List<String> DEGREES = List.of("i", "ii", "iii", "iv", "v", "vi", "vii");
    private static final String[] SHARPS = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
    private static final String[] FLATS = {"C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"};

    /**
     * Reads a numeral. Degrees are those of the key's own scale; upper case is major, lower case minor. Suffixes:
     * {@code o} diminished, {@code m7b5}, {@code 7}, {@code maj7}, {@code 9}, {@code add9}, {@code 6}, {@code sus2},
     * {@code sus4}, {@code 5} (root and fifth only).
     *
     * @param colour 0 leaves a chord without suffix a triad, 1 adds the scale's seventh, 2 also its ninth
     */
    public static Chord of(String numeral, Key key, int colour) {
        Matcher matcher = NUMERAL.matcher(numeral);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("numeral " + numeral);
        }
        String roman = matcher.group(2);
        boolean minor = Character.isLowerCase(roman.charAt(0));
        int degree = DEGREES.indexOf(roman.toLowerCase(java.util.Locale.ROOT));
        int shift = "b".equals(matcher.group(1)) ? -1 : "#".equals(matcher.group(1)) ? 1 : 0;
        int root = Math.floorMod(key.tonic() + key.mode().semitones(degree) + shift, 12);
        String suffix = matcher.group(3);
        List<Integer> intervals = new ArrayList<>(
                switch (suffix) {
                    case "o" -> List.of(0, 3, 6);
                    case "m7b5" -> List.of(0, 3, 6, 10);
                    case "5" -> List.of(0, 7);
                    case "sus2" -> List.of(0, 2, 7);
                    case "sus4" -> List.of(0, 5, 7);
                    default -> minor ? List.of(0, 3, 7) : List.of(0, 4, 7);
                });
        switch (suffix) {
            case "7" -> intervals.add(10);
            case "maj7" -> intervals.add(11);
            case "9" -> intervals.addAll(List.of(10, 2));
            case "add9" -> intervals.add(2);
            case "6" -> intervals.add(9);
            case "" -> addColour(intervals, root, key, colour);
            default -> {
                // complete already
            }
        }
        List<Integer> tones =
                intervals.stream().map(i -> (root + i) % 12).distinct().toList();
        boolean flats = key.signature() < 0;
        return new Chord(numeral, root, tones, (flats ? FLATS : SHARPS)[root] + quality(intervals));
    }

    private static void addColour(List<Integer> intervals, int root, Key key, int colour) {
        if (colour >= 1) {
            if (key.contains(root + 10)) {
                intervals.add(10);
            } else if (key.contains(root + 11)) {
                intervals.add(11);
            }
        }
        if (colour >= 2 && key.contains(root + 2)) {
            intervals.add(2);
        }
    }

    private static String quality(List<Integer> intervals) {
        if (intervals.size() == 2) {
            return "5";
        }
        boolean minor = intervals.contains(3);
        boolean flatFifth = intervals.contains(6);
        String third = flatFifth && !intervals.contains(10) ? "dim" : minor ? "m" : "";
        boolean suspended = !minor && !intervals.contains(4);
        String seventh = intervals.contains(11) ? "maj7" : intervals.contains(10) ? "7" : "";
        boolean ninth = intervals.contains(2) && !suspended;
        if (ninth) {
            seventh = seventh.isEmpty() ? "add9" : seventh.replace('7', '9');
        }
        String tail =
                suspended ? (intervals.contains(2) ? "sus2" : "sus4") : flatFifth && intervals.contains(10) ? "b5" : "";
        String sixth = intervals.contains(9) ? "6" : "";
        return third + sixth + seventh + tail;
    }

    /** Whether the pitch class of {@code pitch} is one of the chord's. */
    public boolean contains(int pitch) {
        return tones.contains(Math.floorMod(pitch, 12));
    }

    /** Whether a tone lies outside the key. */
    public boolean isChromaticIn(Key key) {
        return tones.stream().anyMatch(tone -> !key.contains(tone));
    }
}
