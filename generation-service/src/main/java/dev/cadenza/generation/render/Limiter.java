package dev.cadenza.generation.render;

/**
 * Look-ahead limiter for stereo. Peaks are those of the signal between the samples too (four times oversampled, as
 * BS.1770 annex 2 measures true peaks), and the gain falls before they come, so that nothing is cut off.
 */
final class Limiter {

    private static final int TAPS = 12;
    private static final int PHASES = 4;
    private static final float[][] KERNEL = kernel();

    private final float ceiling;
    private final int window;
    private final float release;
    private final float[] delay;
    private final float[] history = new float[2 * TAPS];
    private final float[] averaged;
    /** Candidates for the smallest gain of the window, growing from head to tail, and when each leaves it. */
    private final float[] candidates;

    private final int[] leaves;
    private int head;
    private int tail;
    private int index;
    private double sum;
    private float held = 1;
    private float lowest = 1;

    /**
     * @param ceiling highest peak, 0 to 1
     */
    Limiter(double ceiling, int sampleRate) {
        this.ceiling = (float) ceiling;
        this.window = sampleRate / 200;
        this.release = (float) (1 - Math.exp(-1.0 / (0.08 * sampleRate)));
        this.delay = new float[2 * latency()];
        this.averaged = new float[window];
        this.candidates = new float[window + 16];
        this.leaves = new int[window + 16];
        java.util.Arrays.fill(averaged, 1);
        this.sum = window;
    }

    /** Frames by which the output is late. */
    int latency() {
        return window + TAPS / 2;
    }

    /** Smallest gain so far. */
    float lowestGain() {
        return lowest;
    }

    /** Replaces {@code frames} frames by limited ones, {@link #latency} frames late. */
    void process(float[] interleaved, int frames) {
        for (int n = 0; n < frames; n++) {
            float left = interleaved[2 * n];
            float right = interleaved[2 * n + 1];
            float peak = peak(left, right);
            float wanted = peak > ceiling ? ceiling / peak : 1;
            float smallest = smallest(wanted);
            held = smallest < held ? smallest : held + (smallest - held) * release;
            if (held > 0.99999f) {
                held = 1;
            }
            int slot = index % window;
            sum += held - averaged[slot];
            averaged[slot] = held;
            float gain = (float) Math.min(1, sum / window);
            int at = 2 * (index % (delay.length / 2));
            lowest = Math.min(lowest, gain);
            interleaved[2 * n] = delay[at] * gain;
            interleaved[2 * n + 1] = delay[at + 1] * gain;
            delay[at] = left;
            delay[at + 1] = right;
            index++;
        }
    }

    /** The smallest gain that any sample still in the look-ahead needs. */
    private float smallest(float wanted) {
        int size = candidates.length;
        while (head != tail && leaves[head] <= index) {
            head = (head + 1) % size;
        }
        while (head != tail && candidates[(tail + size - 1) % size] >= wanted) {
            tail = (tail + size - 1) % size;
        }
        candidates[tail] = wanted;
        leaves[tail] = index + window + 8;
        tail = (tail + 1) % size;
        return candidates[head];
    }

    private float peak(float left, float right) {
        System.arraycopy(history, 2, history, 0, history.length - 2);
        history[history.length - 2] = left;
        history[history.length - 1] = right;
        float peak = Math.max(Math.abs(history[TAPS]), Math.abs(history[TAPS + 1]));
        float loudest = 0;
        for (float value : history) {
            loudest = Math.max(loudest, Math.abs(value));
        }
        // interpolation overshoots by a third at most: far below the ceiling there is nothing to look for
        if (loudest < ceiling * 0.6f) {
            return peak;
        }
        for (int phase = 1; phase < PHASES; phase++) {
            float a = 0;
            float b = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                a += KERNEL[phase][tap] * history[2 * tap];
                b += KERNEL[phase][tap] * history[2 * tap + 1];
            }
            peak = Math.max(peak, Math.max(Math.abs(a), Math.abs(b)));
        }
        return peak;
    }

    private static float[][] kernel() {
        float[][] kernel = new float[PHASES][TAPS];
        for (int phase = 0; phase < PHASES; phase++) {
            double sum = 0;
            double[] row = new double[TAPS];
            for (int tap = 0; tap < TAPS; tap++) {
                double x = tap - TAPS / 2 - (double) phase / PHASES;
                double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
                double hann = 0.5 + 0.5 * Math.cos(2 * Math.PI * x / (TAPS + 1));
                row[tap] = sinc * hann;
                sum += row[tap];
            }
            for (int tap = 0; tap < TAPS; tap++) {
                kernel[phase][tap] = (float) (row[tap] / sum);
            }
        }
        return kernel;
    }
}
