package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.Chord;
import dev.cadenza.generation.music.ChordSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Puts chords into a range so that each voice moves as little as possible. */
final class Voicing {

    private Voicing() {}

    /** A voicing for each span: ascending pitches. */
    static Map<ChordSpan, List<Integer>> lead(List<ChordSpan> spans, int low, int high, int voices) {
        Map<ChordSpan, List<Integer>> voicings = new IdentityHashMap<>();
        int[] previous = {};
        for (ChordSpan span : spans) {
            int[] best = {};
            double lowest = Double.MAX_VALUE;
            for (int[] candidate : candidates(span.chord(), low, high, voices)) {
                double cost = cost(candidate, previous, (low + high) / 2.0);
                if (cost < lowest) {
                    lowest = cost;
                    best = candidate;
                }
            }
            voicings.put(span, Arrays.stream(best).boxed().toList());
            previous = best;
        }
        return voicings;
    }

    private static List<int[]> candidates(Chord chord, int low, int high, int voices) {
        List<Integer> tones = new ArrayList<>(chord.tones());
        // five tones in four voices: the fifth says least
        while (tones.size() > voices && tones.size() > 3) {
            tones.remove(2);
        }
        List<int[]> found = new ArrayList<>();
        for (int turn = 0; turn < tones.size(); turn++) {
            List<Integer> order = new ArrayList<>(tones);
            Collections.rotate(order, -turn);
            for (int base = low; base < low + 12 && base < high; base++) {
                if (Math.floorMod(base, 12) != order.getFirst()) {
                    continue;
                }
                for (boolean open : new boolean[] {false, true}) {
                    int[] pitches = stack(order, base, voices, open);
                    if (pitches[pitches.length - 1] <= high + 2) {
                        found.add(pitches);
                    }
                }
            }
        }
        if (found.isEmpty()) {
            found.add(stack(
                    tones, low + Math.floorMod(tones.getFirst() - low, 12), Math.min(voices, tones.size()), false));
        }
        return found;
    }

    private static int[] stack(List<Integer> order, int base, int voices, boolean open) {
        int[] pitches = new int[voices];
        int last = base;
        for (int i = 0; i < voices; i++) {
            int tone = order.get(i % order.size());
            int pitch = i == 0 ? base : last + 1 + Math.floorMod(tone - last - 1, 12);
            pitches[i] = pitch;
            last = pitch;
        }
        if (open && voices >= 3) {
            pitches[1] += 12;
            Arrays.sort(pitches);
        }
        return pitches;
    }

    private static double cost(int[] candidate, int[] previous, double middle) {
        double centre = Arrays.stream(candidate).average().orElse(middle);
        double cost = Math.abs(centre - middle) * 0.5;
        // low seconds and thirds are mud
        for (int i = 1; i < candidate.length; i++) {
            int gap = candidate[i] - candidate[i - 1];
            if (candidate[i - 1] < 52 && gap < 5) {
                cost += 3;
            }
            if (gap == 1) {
                cost += 1.5;
            }
        }
        for (int i = 0; i < Math.min(candidate.length, previous.length); i++) {
            int move = Math.abs(candidate[i] - previous[i]);
            cost += move + (move > 5 ? 2 : 0);
        }
        return cost;
    }
}
