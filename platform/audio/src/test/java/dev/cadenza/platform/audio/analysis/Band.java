package dev.cadenza.platform.audio.analysis;

import java.util.Random;

/** Plays what tests listen to: sums of drums, tones and noise whose tempo and key are known. */
final class Band {

    private static final int RATE = MusicAnalysis.SAMPLE_RATE;

    private final float[] samples;
    private final Random random;

    Band(double seconds, long seed) {
        this.samples = new float[(int) (seconds * RATE)];
        this.random = new Random(seed);
    }

    double seconds() {
        return (double) samples.length / RATE;
    }

    /** Short clicks, all alike. */
    Band clicks(double bpm) {
        for (double t = 0.1; t < seconds(); t += 60 / bpm) {
            tone(t, 0.03, 1500, 0.6, 100);
        }
        return this;
    }

    /** Bass drum and snare in turn, a hi-hat twice a beat. */
    Band drums(double bpm) {
        double beat = 60 / bpm;
        int n = 0;
        for (double t = 0.05; t < seconds(); t += beat, n++) {
            if (n % 2 == 0) {
                tone(t, 0.15, 60, 0.8, 20);
            } else {
                burst(t, 0.12, 0.5, 25);
            }
            burst(t, 0.03, 0.15, 100);
            burst(t + beat / 2, 0.03, 0.15, 100);
        }
        return this;
    }

    /** A tone with harmonics at every beat, and its fourth and fifth in the third and fourth bar: I I IV V. */
    Band bass(double bpm, double hertz) {
        double beat = 60 / bpm;
        double[] steps = {1, 1, 4.0 / 3, 3.0 / 2};
        int n = 0;
        for (double t = 0.05; t < seconds(); t += beat, n++) {
            note(t, beat * 0.9, hertz * steps[n / 4 % 4], 0.3);
        }
        return this;
    }

    /**
     * Chords of two seconds with a melody of their tones above.
     *
     * @param tonic semitones above C
     * @param detuned cents
     */
    Band chords(int tonic, boolean minor, double detuned) {
        // I vi IV V, and i VI iv v with the raised seventh in the last
        int[][] major = {{0, 4, 7}, {9, 12, 16}, {5, 9, 12}, {7, 11, 14}};
        int[][] lesser = {{0, 3, 7}, {8, 12, 15}, {5, 8, 12}, {7, 11, 14}};
        int[][] chords = minor ? lesser : major;
        int n = 0;
        for (double t = 0; t < seconds(); t += 2, n++) {
            int[] chord = chords[n % 4];
            for (int step : chord) {
                note(t, 1.95, hertz(48 + tonic + step, detuned), 0.12);
            }
            note(t, 1.95, hertz(36 + tonic + chord[0], detuned), 0.15);
            for (int i = 0; i < 4; i++) {
                note(t + i / 2.0, 0.45, hertz(60 + tonic + chord[random.nextInt(3)], detuned), 0.1);
            }
        }
        return this;
    }

    Band hum(double hertz) {
        tone(0, seconds(), hertz, 0.5, 0);
        return this;
    }

    Band noise(double level) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] += (float) (level * (2 * random.nextDouble() - 1));
        }
        return this;
    }

    /** Syllables of uneven length and stress, each a gliding buzz, with pauses: no beat and no key. */
    Band speech() {
        double t = 0.2;
        while (t < seconds()) {
            double length = 0.08 + 0.22 * random.nextDouble();
            double from = 90 + 60 * random.nextDouble();
            double to = from * (0.8 + 0.4 * random.nextDouble());
            double level = 0.1 + 0.2 * random.nextDouble();
            double[] formants = {300 + 500 * random.nextDouble(), 900 + 1400 * random.nextDouble()};
            double phase = 0;
            for (int i = 0; i < length * RATE && t * RATE + i < samples.length; i++) {
                double part = i / (length * RATE);
                double pitch = from + (to - from) * part;
                phase += pitch / RATE;
                double value = 0;
                for (int h = 1; h <= 25; h++) {
                    double gain = 0;
                    for (double formant : formants) {
                        gain += Math.exp(-Math.pow((h * pitch - formant) / 150, 2));
                    }
                    value += gain * Math.sin(2 * Math.PI * h * phase);
                }
                samples[(int) (t * RATE) + i] += (float) (level * value * Math.sin(Math.PI * part));
            }
            t += length + (random.nextInt(6) == 0 ? 0.3 + 0.5 * random.nextDouble() : 0.08 * random.nextDouble());
        }
        return this;
    }

    private void note(double at, double length, double hertz, double level) {
        for (int harmonic = 1; harmonic <= 6; harmonic++) {
            tone(at, length, hertz * harmonic, level / harmonic, 1.5);
        }
    }

    private void tone(double at, double length, double hertz, double level, double decay) {
        int start = (int) (at * RATE);
        int count = (int) (length * RATE);
        for (int i = 0; i < count && start + i < samples.length; i++) {
            double t = (double) i / RATE;
            double edge = Math.min(1, Math.min(i, count - i) / 100.0);
            samples[start + i] += (float) (level * edge * Math.exp(-decay * t) * Math.sin(2 * Math.PI * hertz * t));
        }
    }

    private void burst(double at, double length, double level, double decay) {
        int start = (int) (at * RATE);
        for (int i = 0; i < length * RATE && start + i < samples.length; i++) {
            samples[start + i] += (float) (level * Math.exp(-decay * i / RATE) * (2 * random.nextDouble() - 1));
        }
    }

    private static double hertz(double midi, double cents) {
        return 440 * Math.pow(2, (midi - 69 + cents / 100) / 12);
    }

    /** Played in blocks of all sizes. */
    MusicAnalysis heard() {
        MusicAnalysis analysis = new MusicAnalysis();
        short[] block = new short[5000];
        int at = 0;
        for (int size = 1; at < samples.length; size = size * 7 % 4999 + 1) {
            int count = Math.min(size, samples.length - at);
            for (int i = 0; i < count; i++) {
                block[i] = (short) (32_767 * Math.max(-1, Math.min(1, samples[at + i])));
            }
            analysis.accept(block, count);
            at += count;
        }
        return analysis;
    }
}
