package dev.cadenza.processing.separate.spectral;

import dev.cadenza.processing.separate.Work;
import java.util.Arrays;

/**
 * Median filters along time and along frequency: the first keeps what sounds on, the second what strikes (D. Fitzgerald,
 * "Harmonic/percussive separation using median filtering", DAFx 2010). Edges are mirrored.
 */
final class Medians {

    /** Columns that are filtered together, so that a row's cache line is used for all of them. */
    private static final int COLUMNS = 16;

    private Medians() {}

    /** Along frequency, an odd number of bins. */
    static float[][] alongFrequency(float[][] values, int width, Work work) {
        float[][] filtered = new float[values.length][values[0].length];
        float[] window = new float[width];
        for (int t = 0; t < values.length; t++) {
            work.check();
            filter(values[t], filtered[t], window);
        }
        return filtered;
    }

    /** Along time, an odd number of frames. */
    static float[][] alongTime(float[][] values, int width, Work work) {
        int frames = values.length;
        int bins = values[0].length;
        float[][] filtered = new float[frames][bins];
        float[][] in = new float[COLUMNS][frames];
        float[][] out = new float[COLUMNS][frames];
        float[] window = new float[width];
        for (int first = 0; first < bins; first += COLUMNS) {
            int columns = Math.min(COLUMNS, bins - first);
            for (int t = 0; t < frames; t++) {
                for (int c = 0; c < columns; c++) {
                    in[c][t] = values[t][first + c];
                }
            }
            for (int c = 0; c < columns; c++) {
                work.check();
                filter(in[c], out[c], window);
            }
            for (int t = 0; t < frames; t++) {
                for (int c = 0; c < columns; c++) {
                    filtered[t][first + c] = out[c][t];
                }
            }
        }
        return filtered;
    }

    /** A window that stays sorted while it slides: one value leaves, one enters. */
    private static void filter(float[] in, float[] out, float[] window) {
        int half = window.length / 2;
        for (int i = 0; i < window.length; i++) {
            window[i] = in[mirrored(i - half, in.length)];
        }
        Arrays.sort(window);
        for (int i = 0; i < in.length; i++) {
            out[i] = window[half];
            if (i + 1 < in.length) {
                replace(window, in[mirrored(i - half, in.length)], in[mirrored(i + half + 1, in.length)]);
            }
        }
    }

    private static void replace(float[] sorted, float leaves, float enters) {
        int at = Arrays.binarySearch(sorted, leaves);
        while (at + 1 < sorted.length && sorted[at + 1] < enters) {
            sorted[at] = sorted[at + 1];
            at++;
        }
        while (at > 0 && sorted[at - 1] > enters) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = enters;
    }

    private static int mirrored(int index, int length) {
        int period = 2 * length;
        int within = Math.floorMod(index, period);
        return within < length ? within : period - 1 - within;
    }
}
