package dev.cadenza.processing.separate.spectrum;

import dev.cadenza.processing.separate.Work;

/**
 * Short-time spectrum of one or two channels, at a hop of a quarter of the window. Both channels go through one complex
 * transform, as its real and imaginary part.
 */
public final class Spectrogram {

    /** What frames are weighed with, for analysis and synthesis alike. */
    public enum Window {
        /** Square root of Hann: both together are a Hann window. */
        SQRT_HANN(2),
        /** Hann, as most models want it. */
        HANN(1.5f);

        /** What the squared windows add up to at a quarter hop. */
        private final float sum;

        Window(float sum) {
            this.sum = sum;
        }

        private float[] of(int size) {
            float[] window = new float[size];
            for (int i = 0; i < size; i++) {
                double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
                window[i] = (float) (this == HANN ? hann : Math.sqrt(hann));
            }
            return window;
        }
    }

    private final int channels;
    private final int size;
    private final int hop;
    private final int bins;
    private final double binHz;
    private final float[] window;
    private final float windowSum;
    private final Fft fft;
    private final float[][][] re;
    private final float[][][] im;

    private Spectrogram(int sampleRate, int channels, int size, int bins, Window window, int samples) {
        this.channels = channels;
        this.size = size;
        this.hop = size / 4;
        this.binHz = (double) sampleRate / size;
        this.bins = bins;
        this.window = window.of(size);
        this.windowSum = window.sum;
        this.fft = new Fft(size);
        int frames = (samples + size - 1) / hop;
        this.re = new float[channels][frames][bins];
        this.im = new float[channels][frames][bins];
    }

    /**
     * Analyses {@code samples[channel][…length]}.
     *
     * @param size of the window, a power of two from 64
     * @param highestHz what lies above is left out
     */
    public static Spectrogram of(
            float[][] samples, int length, int sampleRate, int size, double highestHz, Window window, Work work) {
        int bins = Math.min(size / 2, (int) Math.ceil(highestHz * size / sampleRate)) + 1;
        Spectrogram spectrogram = new Spectrogram(sampleRate, samples.length, size, bins, window, length);
        spectrogram.analyse(samples, length, work);
        return spectrogram;
    }

    /** Real parts of a channel, by frame and bin. */
    public float[][] re(int channel) {
        return re[channel];
    }

    /** Imaginary parts of a channel, by frame and bin. */
    public float[][] im(int channel) {
        return im[channel];
    }

    /** Number of frames. */
    public int frames() {
        return re[0].length;
    }

    /** Number of bins, from 0 Hz. */
    public int bins() {
        return bins;
    }

    /** 1 or 2. */
    public int channels() {
        return channels;
    }

    /** Distance of two bins. */
    public double binHz() {
        return binHz;
    }

    private void analyse(float[][] samples, int length, Work work) {
        float[] a = new float[size];
        float[] b = new float[size];
        for (int t = 0; t < frames(); t++) {
            work.check();
            int start = t * hop - (size - hop);
            for (int i = 0; i < size; i++) {
                int at = start + i;
                boolean inside = at >= 0 && at < length;
                a[i] = inside ? samples[0][at] * window[i] : 0;
                b[i] = inside && channels == 2 ? samples[1][at] * window[i] : 0;
            }
            fft.forward(a, b);
            if (channels == 1) {
                System.arraycopy(a, 0, re[0][t], 0, bins);
                System.arraycopy(b, 0, im[0][t], 0, bins);
                continue;
            }
            for (int k = 0; k < bins; k++) {
                int mirror = (size - k) & (size - 1);
                re[0][t][k] = (a[k] + a[mirror]) / 2;
                im[0][t][k] = (b[k] - b[mirror]) / 2;
                re[1][t][k] = (b[k] + b[mirror]) / 2;
                im[1][t][k] = (a[mirror] - a[k]) / 2;
            }
        }
    }

    /**
     * The sound of the masked spectrum, {@code length} samples a channel.
     *
     * @param masks gain by channel, frame and bin
     */
    public float[][] masked(float[][][] masks, int length, Work work) {
        float[][] sound = new float[channels][length];
        float[] a = new float[size];
        float[] b = new float[size];
        for (int t = 0; t < frames(); t++) {
            work.check();
            java.util.Arrays.fill(a, 0);
            java.util.Arrays.fill(b, 0);
            for (int k = 0; k < bins; k++) {
                float left = masks[0][t][k];
                float lr = re[0][t][k] * left;
                float li = im[0][t][k] * left;
                float right = channels == 2 ? masks[1][t][k] : 0;
                float rr = channels == 2 ? re[1][t][k] * right : 0;
                float ri = channels == 2 ? im[1][t][k] * right : 0;
                a[k] = lr - ri;
                b[k] = li + rr;
                if (k > 0 && k < size / 2) {
                    a[size - k] = lr + ri;
                    b[size - k] = rr - li;
                }
            }
            // these two bins of a real signal are real
            if (bins > size / 2) {
                a[size / 2] = re[0][t][size / 2] * masks[0][t][size / 2];
                b[size / 2] = channels == 2 ? re[1][t][size / 2] * masks[1][t][size / 2] : 0;
            }
            fft.inverse(a, b);
            int start = t * hop - (size - hop);
            for (int i = Math.max(0, -start); i < size && start + i < length; i++) {
                sound[0][start + i] += a[i] * window[i] / windowSum;
                if (channels == 2) {
                    sound[1][start + i] += b[i] * window[i] / windowSum;
                }
            }
        }
        return sound;
    }
}
