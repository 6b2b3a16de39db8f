package dev.cadenza.processing.separate.spectral;

import dev.cadenza.processing.separate.Work;

/**
 * The pitch that is most likely sung, frame by frame: salience by harmonic summation (A. Klapuri, "Multiple fundamental
 * frequency estimation by summing harmonic amplitudes", ISMIR 2006; J. Salamon, E. Gómez, "Melody extraction from
 * polyphonic music signals using pitch contour characteristics", IEEE TASLP 20(6), 2012), joined to a contour by
 * dynamic programming. Energy half-way between harmonics counts against a pitch, which keeps octaves apart.
 */
final class Melody {

    private static final double LOWEST_HZ = 75;
    private static final int PER_OCTAVE = 48;
    private static final int PITCHES = 181;
    private static final int HARMONICS = 12;
    private static final double DECAY = 0.86;
    private static final float OFF_HARMONIC = 0.7f;

    /** Steps of a quarter of a semitone that a voice may move from frame to frame. */
    private static final int REACH = 8;

    private static final float STEP_COST = 0.03f;
    private static final float JUMP_COST = 1.2f;
    private static final double SALIENCE_OF_A_CLEAR_VOICE = 0.25;

    /** Hz, by frame. */
    final double[] pitch;

    /** 0 for no voice to about 1 for a clear one, by frame. */
    final float[] confidence;

    private Melody(double[] pitch, float[] confidence) {
        this.pitch = pitch;
        this.confidence = confidence;
    }

    /** Follows the pitch through {@code emphasised} magnitudes, in which the voice stands out already. */
    static Melody follow(float[][] emphasised, double binHz, Work work) {
        int frames = emphasised.length;
        float[][] salience = new float[frames][];
        float[] total = new float[frames];
        for (int t = 0; t < frames; t++) {
            work.check();
            salience[t] = salience(emphasised[t], binHz);
            for (float value : emphasised[t]) {
                total[t] += value;
            }
        }
        int[] path = path(salience, work);
        double[] pitch = new double[frames];
        float[] raw = new float[frames];
        for (int t = 0; t < frames; t++) {
            pitch[t] = hertz(path[t]);
            double clear = salience[t][path[t]] / (total[t] + 1e-6) / SALIENCE_OF_A_CLEAR_VOICE;
            raw[t] = (float) Math.max(0, Math.min(1.5, clear));
        }
        return new Melody(pitch, smoothed(raw, 2));
    }

    private static double hertz(int index) {
        return LOWEST_HZ * Math.pow(2, (double) index / PER_OCTAVE);
    }

    private static float[] salience(float[] magnitudes, double binHz) {
        float[] salience = new float[PITCHES];
        for (int p = 0; p < PITCHES; p++) {
            double base = hertz(p) / binHz;
            double weight = 1;
            for (int h = 1; h <= HARMONICS && h * base < magnitudes.length - 2; h++) {
                salience[p] +=
                        (float) weight * (at(magnitudes, h * base) - OFF_HARMONIC * at(magnitudes, (h - 0.5) * base));
                weight *= DECAY;
            }
        }
        return salience;
    }

    private static float at(float[] magnitudes, double bin) {
        int low = (int) bin;
        float part = (float) (bin - low);
        return magnitudes[low] * (1 - part) + magnitudes[low + 1] * part;
    }

    private static int[] path(float[][] salience, Work work) {
        int frames = salience.length;
        short[][] from = new short[frames][PITCHES];
        float[] score = new float[PITCHES];
        float[] next = new float[PITCHES];
        for (int t = 0; t < frames; t++) {
            work.check();
            float strongest = 0;
            for (float value : salience[t]) {
                strongest = Math.max(strongest, value);
            }
            float scale = 1 / (strongest + 1e-9f);
            int best = argmax(score);
            for (int p = 0; p < PITCHES; p++) {
                float reached = score[best] - JUMP_COST;
                int origin = best;
                for (int q = Math.max(0, p - REACH); q <= Math.min(PITCHES - 1, p + REACH); q++) {
                    float candidate = score[q] - STEP_COST * Math.abs(p - q);
                    if (candidate > reached) {
                        reached = candidate;
                        origin = q;
                    }
                }
                from[t][p] = (short) origin;
                next[p] = reached + salience[t][p] * scale;
            }
            float[] swap = score;
            score = next;
            next = swap;
        }
        int[] path = new int[frames];
        path[frames - 1] = argmax(score);
        for (int t = frames - 1; t > 0; t--) {
            path[t - 1] = from[t][path[t]];
        }
        return path;
    }

    private static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private static float[] smoothed(float[] values, int reach) {
        float[] smooth = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int low = Math.max(0, i - reach);
            int high = Math.min(values.length - 1, i + reach);
            float sum = 0;
            for (int j = low; j <= high; j++) {
                sum += values[j];
            }
            smooth[i] = sum / (high - low + 1);
        }
        return smooth;
    }
}
