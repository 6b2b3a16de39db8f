package dev.cadenza.platform.audio.analysis;

/**
 * Fourier transform of blocks of one size, Hann-windowed (Cooley and Tukey 1965, radix 2, in place). Not thread-safe.
 */
final class Fft {

    private final int size;
    private final float[] window;
    private final double[] cos;
    private final double[] sin;
    private final double[] re;
    private final double[] im;
    private final float[] magnitudes;

    /** @param size a power of two */
    Fft(int size) {
        this.size = size;
        this.window = new float[size];
        this.cos = new double[size / 2];
        this.sin = new double[size / 2];
        this.re = new double[size];
        this.im = new double[size];
        this.magnitudes = new float[size / 2];
        for (int i = 0; i < size; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
        }
        for (int i = 0; i < size / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / size);
            sin[i] = -Math.sin(2 * Math.PI * i / size);
        }
    }

    /** Magnitudes of the lower half, 1 for a sine at full scale in the middle of a bin; overwritten by the next call. */
    float[] magnitudes(float[] samples, int offset) {
        int shift = Integer.numberOfLeadingZeros(size) + 1;
        for (int i = 0; i < size; i++) {
            int target = Integer.reverse(i) >>> shift;
            re[target] = samples[offset + i] * window[i];
            im[target] = 0;
        }
        for (int half = 1; half < size; half *= 2) {
            int step = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                for (int i = 0; i < half; i++) {
                    int a = start + i;
                    int b = a + half;
                    double wr = cos[i * step];
                    double wi = sin[i * step];
                    double tr = re[b] * wr - im[b] * wi;
                    double ti = re[b] * wi + im[b] * wr;
                    re[b] = re[a] - tr;
                    im[b] = im[a] - ti;
                    re[a] += tr;
                    im[a] += ti;
                }
            }
        }
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = (float) (Math.sqrt(re[i] * re[i] + im[i] * im[i]) * 4 / size);
        }
        return magnitudes;
    }
}
