package dev.cadenza.platform.audio.analysis;

import java.util.Optional;

/**
 * The key that most of the audio is in.
 *
 * <p>Spectral peaks are counted by pitch class, each also as a harmonic of lower tones (the harmonic pitch class profile
 * of Gómez, "Tonal description of music audio signals", 2006), after the tuning was found from where they lie between the
 * semitones. What results is compared with the profiles of Temperley ("Music and Probability", 2007, from the
 * Kostka-Payne corpus) in all keys, by correlation as Krumhansl and Kessler did (1982). Memory does not grow with the
 * audio. Not thread-safe.
 */
final class MusicalKey {

    static final int RATE = 11_025;

    private static final int SIZE = 8192;
    private static final int HOP = SIZE / 2;
    private static final double LOWEST_HERTZ = 65;
    private static final double HIGHEST_HERTZ = 2100;
    /** A frequency that is a C. */
    private static final double C_HERTZ = 440 * Math.pow(2, -9.0 / 12);

    private static final int PER_SEMITONE = 10;
    private static final int BINS = 12 * PER_SEMITONE;
    private static final int HARMONICS = 4;
    private static final double HARMONIC_DECAY = 0.6;
    private static final double SILENT = 1e-4;
    private static final double LOUD_ENOUGH = 0.01;

    private static final int FEWEST_FRAMES = 8;
    /** Spread of the pitch classes; that of noise is far below. */
    private static final double DISTINCT = 0.3;
    /** Correlation with a key's profile. */
    private static final double ALIKE = 0.6;
    /** A tone alone, or two, is no key. */
    private static final int FEWEST_TONES = 4;

    private static final double OF_A_TONE = 0.12;

    private static final String[] NAMES = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
    private static final double[] MAJOR = {
        0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400
    };
    private static final double[] MINOR = {
        0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330
    };

    private final Fft fft = new Fft(SIZE);
    private final Frames frames = new Frames(SIZE, HOP, this::frame);
    private final double[] heard = new double[BINS];
    private final double[] harmonic = new double[BINS];
    private int sounding;

    void accept(float[] samples, int count) {
        frames.accept(samples, count);
    }

    private void frame(float[] samples, int offset) {
        float[] magnitudes = fft.magnitudes(samples, offset);
        int first = (int) (LOWEST_HERTZ * SIZE / RATE);
        int last = (int) (HIGHEST_HERTZ * SIZE / RATE);
        float most = 0;
        for (int i = first; i <= last; i++) {
            most = Math.max(most, magnitudes[i]);
        }
        if (most < SILENT) {
            return;
        }
        sounding++;
        for (int i = first; i <= last; i++) {
            float middle = magnitudes[i];
            if (middle < most * LOUD_ENOUGH || middle <= magnitudes[i - 1] || middle < magnitudes[i + 1]) {
                continue;
            }
            double left = Math.log(magnitudes[i - 1] + 1e-9);
            double right = Math.log(magnitudes[i + 1] + 1e-9);
            double bend = left - 2 * Math.log(middle) + right;
            double hertz = (i + 0.5 * (left - right) / bend) * RATE / SIZE;
            double weight = Math.sqrt(middle);
            heard[bin(hertz)] += weight;
            for (int n = 1; n <= HARMONICS; n++) {
                harmonic[bin(hertz / n)] += weight * Math.pow(HARMONIC_DECAY, n - 1);
            }
        }
    }

    private static int bin(double hertz) {
        double octaves = Math.log(hertz / C_HERTZ) / Math.log(2);
        return Math.floorMod(Math.round(octaves * BINS), BINS);
    }

    /** Such as {@code C major} or {@code F# minor}; empty where there is none to speak of. */
    Optional<String> name() {
        if (sounding < FEWEST_FRAMES) {
            return Optional.empty();
        }
        int tuning = tuning();
        double[] tones = classes(heard, tuning);
        double[] profile = classes(harmonic, tuning);
        if (spread(profile) < DISTINCT || tones(tones) < FEWEST_TONES) {
            return Optional.empty();
        }
        double best = ALIKE;
        String name = null;
        for (int tonic = 0; tonic < 12; tonic++) {
            double major = correlation(profile, MAJOR, tonic);
            if (major > best) {
                best = major;
                name = NAMES[tonic] + " major";
            }
            double minor = correlation(profile, MINOR, tonic);
            if (minor > best) {
                best = minor;
                name = NAMES[tonic] + " minor";
            }
        }
        return Optional.ofNullable(name);
    }

    /** How far the tones lie above those tuned to 440 Hz, in bins: the circular mean. */
    private int tuning() {
        double x = 0;
        double y = 0;
        for (int i = 0; i < BINS; i++) {
            double angle = 2 * Math.PI * (i % PER_SEMITONE) / PER_SEMITONE;
            x += heard[i] * Math.cos(angle);
            y += heard[i] * Math.sin(angle);
        }
        return (int) Math.round(Math.atan2(y, x) / (2 * Math.PI) * PER_SEMITONE);
    }

    private static double[] classes(double[] bins, int tuning) {
        double[] classes = new double[12];
        for (int i = 0; i < BINS; i++) {
            int semitone = Math.floorDiv(i - tuning + PER_SEMITONE / 2, PER_SEMITONE);
            classes[Math.floorMod(semitone, 12)] += bins[i];
        }
        return classes;
    }

    private static int tones(double[] classes) {
        double most = 0;
        for (double weight : classes) {
            most = Math.max(most, weight);
        }
        int tones = 0;
        for (double weight : classes) {
            tones += weight > OF_A_TONE * most ? 1 : 0;
        }
        return tones;
    }

    private static double spread(double[] classes) {
        double mean = mean(classes);
        double sum = 0;
        for (double weight : classes) {
            sum += (weight - mean) * (weight - mean);
        }
        return Math.sqrt(sum / classes.length) / mean;
    }

    private static double correlation(double[] classes, double[] profile, int tonic) {
        double mean = mean(classes);
        double expected = mean(profile);
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < 12; i++) {
            double a = classes[(tonic + i) % 12] - mean;
            double b = profile[i] - expected;
            product += a * b;
            left += a * a;
            right += b * b;
        }
        return product / Math.sqrt(left * right);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value / values.length;
        }
        return sum;
    }
}
