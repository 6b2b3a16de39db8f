package dev.cadenza.processing.separate.spectral;

import dev.cadenza.processing.separate.Work;
import dev.cadenza.processing.separate.spectrum.Spectrogram;

/**
 * What speaks for or against a voice at each point of time and frequency.
 *
 * <ul>
 *   <li>{@code centre}: how much of the energy is equal in both channels, as voices are mixed (C. Avendano,
 *       "Frequency-domain source identification and manipulation in stereo mixes", WASPAA 2003); 1 everywhere in mono
 *   <li>{@code novel}: what does not repeat, see {@link RepeatingBackground}
 *   <li>{@code struck}: what is short and broad, see {@link Medians}
 *   <li>{@code steady}: what keeps its level for a second; held instruments do, voices hardly
 *   <li>{@code harmonic}: near a multiple of the sung pitch, see {@link Melody}; combining rhythm and pitch follows Z.
 *       Rafii, Z. Duan, B. Pardo, "Combining rhythm-based and pitch-based methods for background and melody
 *       separation", IEEE TASLP 22(12), 2014
 *   <li>{@code voiced}: by frame, how clear that pitch is
 * </ul>
 */
final class Cues {

    private static final int STRUCK_FRAMES = 17;
    private static final int STRUCK_BINS = 17;
    private static final int STEADY_FRAMES = 51;
    private static final double MELODY_LOW_HZ = 70;
    private static final double MELODY_HIGH_HZ = 5_000;
    private static final float TINY = 1e-9f;

    final boolean mono;
    final double binHz;
    final float[][] centre;
    final float[][] novel;
    final float[][] struck;
    final float[][] steady;
    final float[][] harmonic;
    final float[] voiced;

    /** All magnitudes, for whoever weighs the cues. */
    final float[][] magnitude;

    private Cues(Spectrogram spectrogram, double framesPerSecond, Work work) {
        this.mono = spectrogram.channels() == 1;
        this.binHz = spectrogram.binHz();
        int frames = spectrogram.frames();
        int bins = spectrogram.bins();
        this.magnitude = new float[frames][bins];
        this.centre = new float[frames][bins];
        loudness(spectrogram, work);
        work.progress(0.1);
        this.novel = RepeatingBackground.of(magnitude, binHz, framesPerSecond, work);
        remainder(novel, work);
        work.progress(0.4);
        this.struck = struck(work);
        work.progress(0.6);
        this.steady = Medians.alongTime(magnitude, STEADY_FRAMES, work);
        ratio(steady, work);
        work.progress(0.8);
        Melody melody = Melody.follow(emphasised(work), binHz, work);
        this.voiced = melody.confidence;
        this.harmonic = comb(melody, bins, work);
        work.progress(1);
    }

    static Cues of(Spectrogram spectrogram, double framesPerSecond, Work work) {
        return new Cues(spectrogram, framesPerSecond, work);
    }

    private void loudness(Spectrogram s, Work work) {
        int frames = s.frames();
        int bins = s.bins();
        float[][] cross = new float[frames][bins];
        float[][] power = new float[frames][bins];
        for (int t = 0; t < frames; t++) {
            work.check();
            for (int k = 0; k < bins; k++) {
                float lr = s.re(0)[t][k];
                float li = s.im(0)[t][k];
                float rr = mono ? lr : s.re(1)[t][k];
                float ri = mono ? li : s.im(1)[t][k];
                cross[t][k] = lr * rr + li * ri;
                power[t][k] = (lr * lr + li * li + rr * rr + ri * ri) / 2;
                magnitude[t][k] = (float) Math.sqrt(power[t][k]);
            }
        }
        for (int t = 0; t < frames; t++) {
            work.check();
            for (int k = 0; k < bins; k++) {
                centre[t][k] =
                        mono ? 1 : Math.max(0, Math.min(1, around(cross, t, k) / (around(power, t, k) + 1e-12f)));
            }
        }
    }

    private static float around(float[][] values, int t, int k) {
        float sum = 0;
        for (int i = Math.max(0, t - 1); i <= Math.min(values.length - 1, t + 1); i++) {
            for (int j = Math.max(0, k - 1); j <= Math.min(values[i].length - 1, k + 1); j++) {
                sum += values[i][j];
            }
        }
        return sum;
    }

    private void remainder(float[][] background, Work work) {
        for (int t = 0; t < background.length; t++) {
            work.check();
            for (int k = 0; k < background[t].length; k++) {
                background[t][k] = 1 - background[t][k] / (magnitude[t][k] + TINY);
            }
        }
    }

    private float[][] struck(Work work) {
        float[][] held = Medians.alongTime(magnitude, STRUCK_FRAMES, work);
        float[][] broad = Medians.alongFrequency(magnitude, STRUCK_BINS, work);
        for (int t = 0; t < held.length; t++) {
            work.check();
            for (int k = 0; k < held[t].length; k++) {
                float h = held[t][k] * held[t][k];
                float b = broad[t][k] * broad[t][k];
                broad[t][k] = b / (h + b + 1e-12f);
            }
        }
        return broad;
    }

    private void ratio(float[][] level, Work work) {
        for (int t = 0; t < level.length; t++) {
            work.check();
            for (int k = 0; k < level[t].length; k++) {
                level[t][k] = Math.min(1, level[t][k] / (magnitude[t][k] + TINY));
            }
        }
    }

    private float[][] emphasised(Work work) {
        int low = (int) Math.ceil(MELODY_LOW_HZ / binHz);
        int high = Math.min(magnitude[0].length, (int) Math.floor(MELODY_HIGH_HZ / binHz) + 1);
        float[][] emphasised = new float[magnitude.length][magnitude[0].length];
        for (int t = 0; t < magnitude.length; t++) {
            work.check();
            for (int k = low; k < high; k++) {
                float c = centre[t][k] * centre[t][k];
                float voice = magnitude[t][k] * c * c * (0.15f + 0.85f * novel[t][k]) * (1 - struck[t][k]);
                emphasised[t][k] = (float) Math.sqrt(voice);
            }
        }
        return emphasised;
    }

    private float[][] comb(Melody melody, int bins, Work work) {
        float[][] comb = new float[melody.pitch.length][bins];
        for (int t = 0; t < comb.length; t++) {
            work.check();
            double pitch = melody.pitch[t];
            for (int k = 0; k < bins; k++) {
                double hertz = k * binHz;
                if (hertz > 0.7 * pitch) {
                    double away = hertz - Math.max(1, Math.rint(hertz / pitch)) * pitch;
                    // vibrato smears high harmonics more
                    double width = 14 + 0.012 * hertz;
                    double z = away / width;
                    comb[t][k] = z * z > 20 ? 0 : (float) Math.exp(-z * z);
                }
            }
        }
        return comb;
    }
}
