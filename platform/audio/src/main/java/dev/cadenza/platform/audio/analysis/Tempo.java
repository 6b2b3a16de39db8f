package dev.cadenza.platform.audio.analysis;

import java.util.OptionalDouble;

/**
 * Beats per minute of a steady beat.
 *
 * <p>Onsets are the spectral flux of log-compressed energies in bands (Bello et al., "A tutorial on onset detection in
 * music signals", IEEE TSAP 2005; compression and local mean after Müller, "Fundamentals of Music Processing", 2015,
 * chapter 6). Their autocorrelation over windows of twelve seconds, averaged over the audio, tells the periods; each is
 * judged with its multiples and by how usual its tempo is, a Gaussian over octaves around 120 (Ellis, "Beat tracking by
 * dynamic programming", JNMR 2007; the multiples as in Percival and Tzanetakis, "Streamlined tempo estimation", IEEE
 * TASLP 2014). Memory does not grow with the audio. Not thread-safe.
 */
final class Tempo {

    static final int RATE = 11_025;

    private static final int SIZE = 512;
    private static final int HOP = 128;
    private static final double FRAME_RATE = (double) RATE / HOP;
    private static final int BANDS = 24;
    private static final double LOWEST_HERTZ = 40;
    private static final double HIGHEST_HERTZ = 5000;
    private static final double COMPRESSION = 1000;
    /** Energies are compared with those of two frames before: one alone overlaps too much. */
    private static final int APART = 2;

    private static final int WINDOW = 1024;
    private static final int SHORTEST_WINDOW = 512;
    private static final int LAGS = 690;
    private static final int LOCAL = (int) (0.5 * FRAME_RATE);
    private static final int MULTIPLES = 4;

    private static final double SLOWEST = 45;
    private static final double FASTEST = 220;
    private static final double USUAL = 120;

    /** Rises of all bands together that nobody would call an onset. */
    private static final double FAINT = 1.5;

    /** Likeness to itself one beat later; noise and speech stay below. */
    private static final double STEADY = 0.16;

    /** Where the offbeats are nearly as strong as the beats, they are beats. */
    private static final double AS_STRONG = 0.85;

    private final Fft fft = new Fft(SIZE);
    private final Frames frames = new Frames(SIZE, HOP, this::frame);
    private final int[] edges = new int[BANDS + 1];
    private final float[][] before = new float[APART][BANDS];
    private final float[] onsets = new float[WINDOW];
    private final double[] periods = new double[LAGS];
    private long seen;
    private int filled;
    private int windows;

    Tempo() {
        for (int i = 0; i <= BANDS; i++) {
            double hertz = LOWEST_HERTZ * Math.pow(HIGHEST_HERTZ / LOWEST_HERTZ, (double) i / BANDS);
            int bin = (int) Math.round(hertz * SIZE / RATE);
            edges[i] = i == 0 ? bin : Math.max(edges[i - 1] + 1, bin);
        }
    }

    void accept(float[] samples, int count) {
        frames.accept(samples, count);
    }

    private void frame(float[] samples, int offset) {
        float[] magnitudes = fft.magnitudes(samples, offset);
        float[] past = before[(int) (seen % APART)];
        float rise = 0;
        for (int band = 0; band < BANDS; band++) {
            double energy = 0;
            for (int bin = edges[band]; bin < edges[band + 1]; bin++) {
                energy += magnitudes[bin] * magnitudes[bin];
            }
            float level = (float) Math.log1p(COMPRESSION * Math.sqrt(energy));
            rise += Math.max(0, level - past[band]);
            past[band] = level;
        }
        // the first ones rise from nothing
        onsets[filled++] = seen < APART ? 0 : rise;
        seen++;
        if (filled == WINDOW) {
            window(WINDOW);
            System.arraycopy(onsets, WINDOW / 2, onsets, 0, WINDOW / 2);
            filled = WINDOW / 2;
        }
    }

    /** Adds how alike the last onsets are to themselves a while later. */
    private void window(int length) {
        float[] clear = new float[length];
        double mean = 0;
        float most = 0;
        for (int i = 0; i < length; i++) {
            double around = 0;
            int from = Math.max(0, i - LOCAL);
            int to = Math.min(length, i + LOCAL + 1);
            for (int j = from; j < to; j++) {
                around += onsets[j];
            }
            clear[i] = (float) Math.max(0, onsets[i] - around / (to - from));
            mean += clear[i] / length;
            most = Math.max(most, clear[i]);
        }
        windows++;
        if (most < FAINT) {
            return;
        }
        double power = 0;
        for (int i = 0; i < length; i++) {
            clear[i] -= (float) mean;
            power += clear[i] * clear[i];
        }
        for (int lag = 0; lag < LAGS && lag < length * 2 / 3; lag++) {
            double sum = 0;
            for (int i = lag; i < length; i++) {
                sum += clear[i] * clear[i - lag];
            }
            periods[lag] += sum / power * length / (length - lag);
        }
    }

    /** Empty where there is no steady beat. */
    OptionalDouble beatsPerMinute() {
        if (windows == 0 && filled >= SHORTEST_WINDOW) {
            window(filled);
        }
        if (windows == 0) {
            return OptionalDouble.empty();
        }
        double best = 0;
        double period = 0;
        for (double bpm = SLOWEST; bpm <= FASTEST; bpm *= 1.002) {
            double lag = 60 * FRAME_RATE / bpm;
            double octaves = Math.log(bpm / USUAL) / Math.log(2);
            double score = multiples(lag) * Math.exp(-0.5 * octaves * octaves);
            if (score > best) {
                best = score;
                period = lag;
            }
        }
        if (period == 0) {
            return OptionalDouble.empty();
        }
        while (60 * FRAME_RATE / (period / 2) <= FASTEST && near(period / 2) > AS_STRONG * near(period)) {
            period /= 2;
        }
        if (near(period) / windows < STEADY) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(60 * FRAME_RATE / exact(period));
    }

    private double multiples(double lag) {
        double sum = 0;
        double weights = 0;
        for (int i = 1; i <= MULTIPLES && i * lag < LAGS - 2; i++) {
            sum += near(i * lag) / i;
            weights += 1.0 / i;
        }
        return sum / weights;
    }

    private double near(double lag) {
        int nearest = (int) Math.round(lag);
        return Math.max(periods[nearest], Math.max(periods[nearest - 1], periods[nearest + 1]));
    }

    /** Later repetitions tell the period the more exactly. */
    private double exact(double period) {
        double known = period;
        double strength = near(period);
        for (int times = 1; times * known < LAGS - 4; times++) {
            int top = (int) Math.round(times * known);
            int reach = times == 1 ? 2 : 1;
            int middle = top;
            for (int lag = middle - reach; lag <= middle + reach; lag++) {
                top = periods[lag] > periods[top] ? lag : top;
            }
            double left = periods[top - 1];
            double right = periods[top + 1];
            double bend = left - 2 * periods[top] + right;
            if (periods[top] < 0.5 * strength || bend >= 0) {
                continue;
            }
            known = (top + 0.5 * (left - right) / bend) / times;
        }
        return known;
    }
}
