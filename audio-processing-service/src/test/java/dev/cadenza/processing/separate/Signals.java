package dev.cadenza.processing.separate;

import dev.cadenza.platform.audio.RawReader;
import dev.cadenza.platform.audio.RawWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Sounds for tests, as {@code [channel][frame]}, and what they measure. */
public final class Signals {

    private Signals() {}

    /** Writes raw float32. */
    public static PcmAudio write(Path file, float[][] sound, int sampleRate, int bits) throws IOException {
        int frames = sound[0].length;
        float[] interleaved = new float[frames * sound.length];
        for (int i = 0; i < frames; i++) {
            for (int c = 0; c < sound.length; c++) {
                interleaved[i * sound.length + c] = sound[c][i];
            }
        }
        try (RawWriter writer = RawWriter.create(file, sound.length)) {
            writer.write(interleaved, 0, frames);
        }
        return new PcmAudio(file, sampleRate, sound.length, bits);
    }

    /** Reads it back. */
    public static float[][] read(PcmAudio audio) throws IOException {
        try (RawReader reader = audio.open()) {
            int frames = (int) reader.frames();
            float[] interleaved = new float[frames * audio.channels()];
            int done = 0;
            while (done < frames) {
                done += reader.read(interleaved, done * audio.channels(), frames - done);
            }
            float[][] sound = new float[audio.channels()][frames];
            for (int i = 0; i < frames; i++) {
                for (int c = 0; c < sound.length; c++) {
                    sound[c][i] = interleaved[i * sound.length + c];
                }
            }
            return sound;
        }
    }

    /** Something with tones, strokes and noise in it, on the 16 bit grid; two channels differ. */
    public static float[][] music(double seconds, int sampleRate, int channels) {
        int frames = (int) Math.round(seconds * sampleRate);
        Random random = new Random(11);
        float[][] sound = new float[channels][frames];
        for (int i = 0; i < frames; i++) {
            double t = (double) i / sampleRate;
            double sung = 0.2 * Math.sin(2 * Math.PI * (220 * t + 1.5 * Math.sin(2 * Math.PI * 5 * t)));
            double chord = 0.1 * (Math.sin(2 * Math.PI * 262 * t) + Math.sin(2 * Math.PI * 330 * t));
            double stroke = 0.3 * Math.exp(-20 * (t % 0.5)) * random.nextGaussian();
            for (int c = 0; c < channels; c++) {
                double value = sung + chord * (c == 0 ? 1 : 0.3) + stroke * (c == 0 ? 0.5 : 1);
                sound[c][i] = Math.round(Math.clamp(value, -1, 0.99) * 32_768) / 32_768f;
            }
        }
        return sound;
    }

    /** Scale-invariant signal-to-distortion ratio in dB (J. Le Roux et al., ICASSP 2019), all channels as one. */
    public static double siSdr(float[][] estimate, float[][] reference) {
        double er = 0;
        double rr = 0;
        for (int c = 0; c < reference.length; c++) {
            for (int i = 0; i < reference[c].length; i++) {
                er += (double) estimate[c][i] * reference[c][i];
                rr += (double) reference[c][i] * reference[c][i];
            }
        }
        double scale = er / rr;
        double distortion = 0;
        for (int c = 0; c < reference.length; c++) {
            for (int i = 0; i < reference[c].length; i++) {
                double d = estimate[c][i] - scale * reference[c][i];
                distortion += d * d;
            }
        }
        return 10 * Math.log10(scale * scale * rr / distortion);
    }

    /** Root of the mean square of all channels. */
    public static double rms(float[][] sound) {
        double sum = 0;
        for (float[] channel : sound) {
            for (float value : channel) {
                sum += (double) value * value;
            }
        }
        return Math.sqrt(sum / (sound.length * (double) sound[0].length));
    }

    /** Sum of two sounds of one shape. */
    public static float[][] sum(float[][] a, float[][] b) {
        float[][] sum = new float[a.length][a[0].length];
        for (int c = 0; c < a.length; c++) {
            for (int i = 0; i < a[c].length; i++) {
                sum[c][i] = a[c][i] + b[c][i];
            }
        }
        return sum;
    }
}
