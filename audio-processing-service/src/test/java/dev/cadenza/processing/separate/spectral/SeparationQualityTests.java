package dev.cadenza.processing.separate.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadenza.platform.audio.UndecodableAudioException;
import dev.cadenza.platform.audio.WavReader;
import dev.cadenza.processing.separate.Signals;
import dev.cadenza.processing.separate.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How well the built-in engine separates: a real solo voice over an accompaniment that is made here, with reference
 * signals for both. Only the part of the recording is used that the mask network never saw.
 */
class SeparationQualityTests {

    private static final int RATE = 44_100;
    private static final int FIRST_SECOND = 17;
    private static final Path VOICE = Path.of("..", "..", "shared", "audio", "singing", "vocadito_1.wav");

    private static float[][] voice = new float[0][];
    private static float[][] band = new float[0][];

    @BeforeAll
    static void mix() throws IOException, UndecodableAudioException {
        assumeTrue(Files.exists(VOICE), "the solo voice is not here: quality is not measured");
        float[] solo;
        try (WavReader reader = WavReader.open(VOICE)) {
            solo = new float[(int) reader.frames()];
            assertThat(reader.read(solo, 0, solo.length)).isEqualTo(solo.length);
        }
        int length = solo.length - FIRST_SECOND * RATE;
        Random random = new Random(3);
        float[] mono = new float[length];
        System.arraycopy(solo, FIRST_SECOND * RATE, mono, 0, length);
        // in the middle, in a small room that sounds different left and right
        voice = new float[2][length];
        for (int c = 0; c < 2; c++) {
            voice[c] = mono.clone();
            for (int echo = 0; echo < 24; echo++) {
                int delay = 400 + random.nextInt(12_000);
                double gain = 0.12 * Math.exp(-delay / 5_000.0) * (random.nextBoolean() ? 1 : -1);
                for (int i = delay; i < length; i++) {
                    voice[c][i] += (float) (gain * mono[i - delay]);
                }
            }
        }
        band = band(length, random);
        scale(voice, 0.1 / Signals.rms(voice));
        scale(band, 0.1 / Signals.rms(band));
    }

    @Test
    void inStereoTheVoiceComesOutFarBetterThanItWentIn() {
        Result result = measure(voice, band);
        assertThat(result.improvement()).isGreaterThan(5);
        assertThat(result.bandImprovement()).isGreaterThan(4);
        // the middle channel is what a listener gets without any engine
        float[][] middle = Signals.sum(voice, band);
        for (int i = 0; i < middle[0].length; i++) {
            float m = (middle[0][i] + middle[1][i]) / 2;
            middle[0][i] = m;
            middle[1][i] = m;
        }
        assertThat(result.out() - Signals.siSdr(middle, voice)).isGreaterThan(4);
    }

    @Test
    void inMonoTheVoiceStillComesOutBetter() {
        assertThat(measure(mono(voice), mono(band)).improvement()).isGreaterThan(2);
    }

    private record Result(double in, double out, double bandIn, double bandOut) {
        double improvement() {
            return out - in;
        }

        double bandImprovement() {
            return bandOut - bandIn;
        }
    }

    private static Result measure(float[][] voice, float[][] band) {
        float[][] song = Signals.sum(voice, band);
        float[][] found = SpectralSeparator.voice(song, song[0].length, RATE, MaskNetwork.load(), Work.UNWATCHED);
        float[][] rest = Signals.sum(song, negative(found));
        Result result = new Result(
                Signals.siSdr(song, voice),
                Signals.siSdr(found, voice),
                Signals.siSdr(song, band),
                Signals.siSdr(rest, band));
        System.out.printf(
                "SI-SDR, %s: voice %.1f -> %.1f dB, accompaniment %.1f -> %.1f dB%n",
                voice.length == 2 ? "stereo" : "mono", result.in(), result.out(), result.bandIn(), result.bandOut());
        return result;
    }

    /** Plucked chords left, held strings right, bass and drums in the middle, at 100 beats a minute. */
    private static float[][] band(int length, Random random) {
        float[][] band = new float[2][length];
        int[][] chords = {{57, 60, 64}, {53, 57, 60}, {48, 52, 55}, {55, 59, 62}};
        double beat = 0.6;
        for (int n = 0; n * beat * RATE < length; n++) {
            int at = (int) (n * beat * RATE);
            int[] chord = chords[n / 4 % 4];
            for (int note : chord) {
                note(band, at, beat * 1.5, note, 0.18, 0.25, 4.0, random);
                if (n % 4 == 0) {
                    note(band, at, beat * 4, note + 12, 0.09, 0.8, 0.0, random);
                }
            }
            note(band, at, beat, chord[0] - 24, 0.3, 0.5, 2.0, random);
            if (n % 2 == 0) {
                drum(band, at, 0.5, 18, 60, 0, random);
            } else {
                drum(band, at, 0.3, 25, 190, 0.6, random);
            }
            for (int half = 0; half < 2; half++) {
                drum(band, at + (int) (half * beat / 2 * RATE), 0.1, 60, 0, 1, random);
            }
        }
        return band;
    }

    private static void note(
            float[][] band, int at, double seconds, int pitch, double gain, double pan, double decay, Random random) {
        double hertz = 440 * Math.pow(2, (pitch - 69) / 12.0);
        for (int h = 1; h <= 10 && h * hertz < 12_000; h++) {
            double phase = random.nextDouble() * 6.28;
            double level = gain / Math.pow(h, 1.3);
            for (int i = 0; i < seconds * RATE && at + i < band[0].length; i++) {
                double t = (double) i / RATE;
                double shape = Math.min(1, t / 0.01) * Math.exp(-decay * t) * Math.min(1, (seconds - t) / 0.05);
                double value = level * shape * Math.sin(2 * Math.PI * h * hertz * t + phase);
                band[0][at + i] += (float) (value * Math.cos(pan * Math.PI / 2));
                band[1][at + i] += (float) (value * Math.sin(pan * Math.PI / 2));
            }
        }
    }

    private static void drum(
            float[][] band, int at, double gain, double decay, double hertz, double noise, Random random) {
        for (int i = 0; i < RATE / 4 && at + i < band[0].length; i++) {
            double t = (double) i / RATE;
            double tone = hertz == 0 ? 0 : Math.sin(2 * Math.PI * hertz * t * Math.exp(-4 * t));
            double value = gain * Math.exp(-decay * t) * ((1 - noise) * tone + noise * random.nextGaussian());
            band[0][at + i] += (float) value;
            band[1][at + i] += (float) value;
        }
    }

    private static float[][] mono(float[][] stereo) {
        float[][] mono = new float[1][stereo[0].length];
        for (int i = 0; i < mono[0].length; i++) {
            mono[0][i] = (stereo[0][i] + stereo[1][i]) / 2;
        }
        return mono;
    }

    private static float[][] negative(float[][] sound) {
        float[][] negative = new float[sound.length][sound[0].length];
        for (int c = 0; c < sound.length; c++) {
            for (int i = 0; i < sound[c].length; i++) {
                negative[c][i] = -sound[c][i];
            }
        }
        return negative;
    }

    private static void scale(float[][] sound, double gain) {
        for (float[] channel : sound) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] *= (float) gain;
            }
        }
    }
}
