package dev.cadenza.processing.separate.spectral;

import dev.cadenza.processing.separate.Work;
import java.util.Arrays;

/**
 * What repeats is accompaniment: each frame's background is the median of the frames that are most like it (REPET-SIM:
 * Z. Rafii, B. Pardo, "Music/voice separation using the similarity matrix", ISMIR 2012; Z. Rafii, B. Pardo, "REpeating
 * Pattern Extraction Technique (REPET)", IEEE TASLP 21(1), 2013).
 */
final class RepeatingBackground {

    /** Most frames that one is compared with, itself included. */
    private static final int LIKE = 40;

    /** Frames that are nearer than this count as the same moment. */
    private static final double APART_SECONDS = 1.0;

    /** Similarity looks at this part of the spectrum, in pairs of bins. */
    private static final double SIMILARITY_HZ = 8_600;

    private RepeatingBackground() {}

    /** The background's magnitudes, never above those of the song. */
    static float[][] of(float[][] magnitudes, double binHz, double framesPerSecond, Work work) {
        int frames = magnitudes.length;
        int bins = magnitudes[0].length;
        float[][] shapes = shapes(magnitudes, Math.min(bins, (int) (SIMILARITY_HZ / binHz)), work);
        int apart = Math.max(1, (int) (APART_SECONDS * framesPerSecond));
        float[][] similar = new float[frames][frames];
        for (int i = 0; i < frames; i++) {
            work.check();
            for (int j = i; j < frames; j++) {
                float dot = dot(shapes[i], shapes[j]);
                similar[i][j] = dot;
                similar[j][i] = dot;
            }
        }
        float[][] background = new float[frames][bins];
        float[] values = new float[LIKE];
        for (int t = 0; t < frames; t++) {
            work.check();
            int[] like = mostSimilar(similar[t], apart);
            for (int k = 0; k < bins; k++) {
                float own = magnitudes[t][k];
                for (int i = 0; i < like.length; i++) {
                    values[i] = magnitudes[like[i]][k];
                }
                background[t][k] = like.length == 0 ? own : Math.min(own, median(values, like.length));
            }
        }
        return background;
    }

    private static float[][] shapes(float[][] magnitudes, int bins, Work work) {
        float[][] shapes = new float[magnitudes.length][(bins + 1) / 2];
        for (int t = 0; t < magnitudes.length; t++) {
            work.check();
            double power = 0;
            for (int i = 0; i < shapes[t].length; i++) {
                float a = magnitudes[t][2 * i];
                float b = 2 * i + 1 < bins ? magnitudes[t][2 * i + 1] : 0;
                shapes[t][i] = Math.max(a, b);
                power += (double) shapes[t][i] * shapes[t][i];
            }
            float scale = (float) (1 / (Math.sqrt(power) + 1e-9));
            for (int i = 0; i < shapes[t].length; i++) {
                shapes[t][i] *= scale;
            }
        }
        return shapes;
    }

    private static float dot(float[] a, float[] b) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return sum0 + sum1 + sum2 + sum3;
    }

    private static int[] mostSimilar(float[] row, int apart) {
        int[] found = new int[LIKE];
        int count = 0;
        while (count < LIKE) {
            int best = -1;
            for (int j = 0; j < row.length; j++) {
                if (row[j] > 0 && (best < 0 || row[j] > row[best])) {
                    best = j;
                }
            }
            if (best < 0) {
                break;
            }
            found[count++] = best;
            Arrays.fill(row, Math.max(0, best - apart), Math.min(row.length, best + apart + 1), -1);
        }
        return Arrays.copyOf(found, count);
    }

    private static float median(float[] values, int count) {
        // insertion sort: the lists are short
        for (int i = 1; i < count; i++) {
            float value = values[i];
            int j = i - 1;
            while (j >= 0 && values[j] > value) {
                values[j + 1] = values[j];
                j--;
            }
            values[j + 1] = value;
        }
        return (count & 1) == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    }
}
