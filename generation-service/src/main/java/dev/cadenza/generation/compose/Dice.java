package dev.cadenza.generation.compose;

import java.util.List;
import java.util.Random;

/** Chance that can be repeated. Each matter has its own stream, so that a change in one leaves the others as they were. */
final class Dice {

    private final Random random;

    private Dice(long seed) {
        this.random = new Random(seed);
    }

    static Dice of(long seed, String matter) {
        // both algorithms, that of Random and that of String.hashCode, are part of Java's specification
        long mixed = seed * 0x9E3779B97F4A7C15L ^ (long) matter.hashCode() * 0xC2B2AE3D27D4EB4FL;
        mixed ^= mixed >>> 29;
        return new Dice(mixed * 0xBF58476D1CE4E5B9L);
    }

    /** True with this probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** From 0 to below {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From 0 to below 1. */
    double share() {
        return random.nextDouble();
    }

    /** Around 0, cut off at two standard deviations. */
    double scatter(double deviation) {
        return Math.clamp(random.nextGaussian(), -2, 2) * deviation;
    }
}
