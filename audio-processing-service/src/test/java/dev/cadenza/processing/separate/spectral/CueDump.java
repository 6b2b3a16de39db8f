package dev.cadenza.processing.separate.spectral;

import dev.cadenza.processing.separate.Work;
import dev.cadenza.processing.separate.spectrum.Spectrogram;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Makes the training rows of the mask network: for pairs of voice and accompaniment (raw float32, 44.1 kHz stereo) it
 * writes what the network would see of their mixture, the share of the voice, and a weight. Run by
 * {@code src/training/fit.py}.
 */
final class CueDump {

    private static final int ROWS = 60_000;

    private CueDump() {}

    /** Pairs of arguments {@code voice.f32 accompaniment.f32 rows.f32 mono|stereo}. */
    public static void main(String[] args) throws IOException {
        for (int i = 0; i + 3 < args.length; i += 4) {
            dump(Path.of(args[i]), Path.of(args[i + 1]), Path.of(args[i + 2]), args[i + 3].equals("mono"));
        }
    }

    private static void dump(Path voiceFile, Path accompanimentFile, Path rows, boolean mono) throws IOException {
        float[][] voice = read(voiceFile, mono);
        float[][] accompaniment = read(accompanimentFile, mono);
        int length = Math.min(voice[0].length, accompaniment[0].length);
        float[][] mixture = new float[voice.length][length];
        for (int c = 0; c < voice.length; c++) {
            for (int i = 0; i < length; i++) {
                mixture[c][i] = voice[c][i] + accompaniment[c][i];
            }
        }
        Spectrogram spectrogram = SpectralSeparator.spectrogram(mixture, length, 44_100, Work.UNWATCHED);
        Cues cues = Cues.of(spectrogram, 44_100 / 1024.0, Work.UNWATCHED);
        Spectrogram v = SpectralSeparator.spectrogram(voice, length, 44_100, Work.UNWATCHED);
        Spectrogram a = SpectralSeparator.spectrogram(accompaniment, length, 44_100, Work.UNWATCHED);
        float loudest = 0;
        for (float[] frame : cues.magnitude) {
            for (float m : frame) {
                loudest = Math.max(loudest, m);
            }
        }
        Random random = new Random(rows.getFileName().toString().hashCode());
        int lowest = (int) Math.ceil(70 / cues.binHz);
        double expected = 0;
        for (float[] frame : cues.magnitude) {
            for (int k = lowest; k < frame.length; k++) {
                expected += chance(frame[k] / loudest, 1);
            }
        }
        double thin = Math.min(1, ROWS / expected);
        float[] input = new float[MaskNetwork.INPUTS];
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(rows)))) {
            ByteBuffer row = ByteBuffer.allocate(4 * (MaskNetwork.INPUTS + 2)).order(ByteOrder.LITTLE_ENDIAN);
            for (int t = 0; t < cues.magnitude.length; t++) {
                for (int k = lowest; k < cues.magnitude[t].length; k++) {
                    double level = cues.magnitude[t][k] / loudest;
                    double chance = chance(level, thin);
                    if (random.nextDouble() >= chance || level == 0) {
                        continue;
                    }
                    MaskNetwork.inputs(cues, t, k, input);
                    row.clear();
                    for (float value : input) {
                        row.putFloat(value);
                    }
                    double pv = power(v, t, k);
                    double pa = power(a, t, k);
                    row.putFloat((float) (pv / (pv + pa + 1e-12)));
                    row.putFloat((float) (Math.pow(level, 1.5) / chance));
                    out.write(row.array());
                }
            }
        }
    }

    private static double chance(double level, double thin) {
        return thin * Math.min(1, 3 * Math.pow(level, 0.7));
    }

    private static double power(Spectrogram s, int t, int k) {
        double power = 0;
        for (int c = 0; c < s.channels(); c++) {
            power += (double) s.re(c)[t][k] * s.re(c)[t][k] + (double) s.im(c)[t][k] * s.im(c)[t][k];
        }
        return power;
    }

    private static float[][] read(Path file, boolean mono) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.capacity() / 8;
        float[][] samples = new float[mono ? 1 : 2][length];
        for (int i = 0; i < length; i++) {
            float left = bytes.getFloat();
            float right = bytes.getFloat();
            if (mono) {
                samples[0][i] = (left + right) / 2;
            } else {
                samples[0][i] = left;
                samples[1][i] = right;
            }
        }
        return samples;
    }
}
