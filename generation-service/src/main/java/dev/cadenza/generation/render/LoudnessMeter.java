package dev.cadenza.generation.render;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Integrated loudness of stereo after ITU-R BS.1770-4: K weighting, 400 ms blocks, both gates. */
public final class LoudnessMeter {

    private static final double ABSOLUTE_GATE = -70;
    private static final double RELATIVE_GATE = -10;

    private final Biquad[] shelf;
    private final Biquad[] highPass;
    private final int hop;
    private final List<Double> hops = new ArrayList<>();
    private double energy;
    private int filled;

    /** For samples at this rate. */
    public LoudnessMeter(int sampleRate) {
        hop = sampleRate / 10;
        shelf = new Biquad[] {Biquad.kShelf(sampleRate), Biquad.kShelf(sampleRate)};
        highPass = new Biquad[] {Biquad.kHighPass(sampleRate), Biquad.kHighPass(sampleRate)};
    }

    /** Hears more. */
    public void add(float[] interleaved, int frames) {
        for (int i = 0; i < frames; i++) {
            for (int channel = 0; channel < 2; channel++) {
                double weighted = highPass[channel].next(shelf[channel].next(interleaved[2 * i + channel]));
                energy += weighted * weighted;
            }
            if (++filled == hop) {
                hops.add(energy / hop);
                energy = 0;
                filled = 0;
            }
        }
    }

    /** LUFS of everything heard; empty for silence and for less than 400 ms. */
    public OptionalDouble integrated() {
        List<Double> blocks = new ArrayList<>();
        for (int i = 3; i < hops.size(); i++) {
            blocks.add((hops.get(i) + hops.get(i - 1) + hops.get(i - 2) + hops.get(i - 3)) / 4);
        }
        OptionalDouble loud = mean(blocks, ABSOLUTE_GATE);
        return loud.isEmpty() ? loud : mean(blocks, loud.getAsDouble() + RELATIVE_GATE);
    }

    private static OptionalDouble mean(List<Double> blocks, double gate) {
        OptionalDouble mean = blocks.stream()
                .mapToDouble(Double::doubleValue)
                .filter(block -> block > 0 && lufs(block) > gate)
                .average();
        return mean.isEmpty() ? mean : OptionalDouble.of(lufs(mean.getAsDouble()));
    }

    private static double lufs(double meanSquare) {
        return -0.691 + 10 * Math.log10(meanSquare);
    }
}
