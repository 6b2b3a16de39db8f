package dev.cadenza.platform.audio.analysis;

/** A quarter of the sample rate: a windowed sinc takes away what would fold back. Not thread-safe. */
final class Decimator {

    private static final int FACTOR = 4;
    private static final int TAPS = 64;
    private static final double CUTOFF = 0.45 / FACTOR;

    private final float[] kernel = new float[TAPS];
    private final float[] past = new float[2 * TAPS];
    private int position;
    private int phase;

    Decimator() {
        double sum = 0;
        for (int i = 0; i < TAPS; i++) {
            double x = i - (TAPS - 1) / 2.0;
            double sinc = Math.sin(2 * Math.PI * CUTOFF * x) / (Math.PI * x);
            double window =
                    0.42 - 0.5 * Math.cos(2 * Math.PI * i / (TAPS - 1)) + 0.08 * Math.cos(4 * Math.PI * i / (TAPS - 1));
            kernel[i] = (float) (sinc * window);
            sum += kernel[i];
        }
        for (int i = 0; i < TAPS; i++) {
            kernel[i] /= (float) sum;
        }
    }

    /** Writes to {@code target} from its beginning, at full scale 1; how many. */
    int decimate(short[] samples, int count, float[] target) {
        int made = 0;
        for (int i = 0; i < count; i++) {
            float sample = samples[i] / 32768f;
            // twice, so that the last ones always lie side by side
            past[position] = sample;
            past[position + TAPS] = sample;
            position = (position + 1) % TAPS;
            if (++phase == FACTOR) {
                phase = 0;
                float sum = 0;
                for (int tap = 0; tap < TAPS; tap++) {
                    sum += kernel[tap] * past[position + tap];
                }
                target[made++] = sum;
            }
        }
        return made;
    }
}
