package dev.cadenza.generation.music;

import java.util.List;
import java.util.Optional;

/**
 * How a bar is counted. The grid is sixteenth notes: four steps are one beat (a quarter note) of the tempo.
 *
 * @param upper notes of a bar
 * @param lower their value: 4 or 8
 * @param groups lengths in steps of the bar's parts; each begins with an accent
 */
public record Meter(int upper, int lower, List<Integer> groups) {

    /** The usual one. */
    public static final Meter FOUR_FOUR = new Meter(4, 4, List.of(4, 4, 4, 4));

    private static final List<Meter> KNOWN = List.of(
            FOUR_FOUR,
            new Meter(3, 4, List.of(4, 4, 4)),
            new Meter(6, 8, List.of(6, 6)),
            new Meter(12, 8, List.of(6, 6, 6, 6)),
            new Meter(5, 4, List.of(12, 8)),
            new Meter(7, 8, List.of(8, 6)));

    /** A metre that the composer can write; empty for others. */
    public static Optional<Meter> of(int upper, int lower) {
        return KNOWN.stream().filter(m -> m.upper == upper && m.lower == lower).findFirst();
    }

    /** Sixteenth notes of a bar. */
    public int steps() {
        return groups.stream().mapToInt(Integer::intValue).sum();
    }

    /** Quarter notes of a bar. */
    public double beats() {
        return steps() / 4.0;
    }

    /** Whether the patterns written for sixteen steps fit. */
    public boolean isFourFour() {
        return upper == 4 && lower == 4;
    }

    /** Whether an accent falls on this step of the bar: the start of a group, in 4/4 of every second one. */
    public boolean isStrong(int step) {
        if (isFourFour()) {
            return step == 0 || step == 8;
        }
        int start = 0;
        for (int group : groups) {
            if (step == start) {
                return true;
            }
            start += group;
        }
        return false;
    }

    /** {@code 4/4}. */
    public String word() {
        return upper + "/" + lower;
    }
}
