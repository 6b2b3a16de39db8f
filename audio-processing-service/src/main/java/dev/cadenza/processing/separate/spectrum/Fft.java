package dev.cadenza.processing.separate.spectrum;

/** In-place complex FFT of a power of two, radix 2, decimation in time. Thread-safe. */
final class Fft {

    private final int size;
    private final float[] cos;
    private final float[] sin;
    private final int[] reversed;

    /** For {@code size} points, a power of two from 2. */
    Fft(int size) {
        if (size < 2 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("FFT of " + size + " points");
        }
        this.size = size;
        this.cos = new float[size / 2];
        this.sin = new float[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cos[i] = (float) Math.cos(2 * Math.PI * i / size);
            sin[i] = (float) Math.sin(2 * Math.PI * i / size);
        }
        this.reversed = new int[size];
        int shift = Integer.numberOfLeadingZeros(size) + 1;
        for (int i = 0; i < size; i++) {
            reversed[i] = Integer.reverse(i) >>> shift;
        }
    }

    /** Forward transform, e^(-i2πkn/N), not scaled. */
    void forward(float[] re, float[] im) {
        permute(re);
        permute(im);
        for (int half = 1; half < size; half <<= 1) {
            int step = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                int twiddle = 0;
                for (int a = start; a < start + half; a++) {
                    int b = a + half;
                    float wr = cos[twiddle];
                    float wi = -sin[twiddle];
                    float tr = re[b] * wr - im[b] * wi;
                    float ti = re[b] * wi + im[b] * wr;
                    re[b] = re[a] - tr;
                    im[b] = im[a] - ti;
                    re[a] += tr;
                    im[a] += ti;
                    twiddle += step;
                }
            }
        }
    }

    /** Inverse transform, scaled by 1/N. */
    void inverse(float[] re, float[] im) {
        forward(im, re);
        float scale = 1f / size;
        for (int i = 0; i < size; i++) {
            re[i] *= scale;
            im[i] *= scale;
        }
    }

    private void permute(float[] values) {
        for (int i = 0; i < size; i++) {
            int j = reversed[i];
            if (j > i) {
                float swap = values[i];
                values[i] = values[j];
                values[j] = swap;
            }
        }
    }
}
