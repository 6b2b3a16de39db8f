package dev.cadenza.processing.separate.spectral;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs the cues: a network of one hidden layer says how much of the energy at a point of time and frequency is voice
 * (the ideal ratio mask is what it was fitted to). A few hundred weights; where they come from stands in the README
 * beside them.
 */
final class MaskNetwork {

    static final int INPUTS = 14;

    private final int hidden;
    private final float[] weights;
    private final float[] bias;
    private final float[] out;
    private final float outBias;
    private final float[] activation;

    private MaskNetwork(float[] numbers) {
        this.hidden = (numbers.length - 1) / (INPUTS + 2);
        if (numbers.length != hidden * (INPUTS + 2) + 1) {
            throw new IllegalArgumentException(numbers.length + " weights");
        }
        this.weights = java.util.Arrays.copyOfRange(numbers, 0, hidden * INPUTS);
        this.bias = java.util.Arrays.copyOfRange(numbers, hidden * INPUTS, hidden * (INPUTS + 1));
        this.out = java.util.Arrays.copyOfRange(numbers, hidden * (INPUTS + 1), hidden * (INPUTS + 2));
        this.outBias = numbers[numbers.length - 1];
        this.activation = new float[hidden];
    }

    /** The weights that came with the build; an instance is not thread-safe. */
    static MaskNetwork load() {
        try (InputStream in = MaskNetwork.class.getResourceAsStream("mask-network.txt")) {
            if (in == null) {
                throw new IllegalStateException("mask-network.txt is missing");
            }
            List<Float> numbers = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    for (String number : line.strip().split("\\s+", -1)) {
                        numbers.add(Float.valueOf(number));
                    }
                }
            }
            float[] array = new float[numbers.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = numbers.get(i);
            }
            return new MaskNetwork(array);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills {@code input} with what the network sees of one point. */
    static void inputs(Cues cues, int t, int k, float[] input) {
        float centre = cues.mono ? 0 : cues.centre[t][k];
        float centred = centre * centre * centre * centre;
        float novel = cues.novel[t][k];
        float harmonic = cues.harmonic[t][k];
        float voiced = Math.min(1.5f, 2 * cues.voiced[t]);
        float sung = harmonic * voiced;
        float height = (float) (Math.log(Math.max(20, k * cues.binHz) / 600) / Math.log(2) / 3);
        input[0] = centre;
        input[1] = centred;
        input[2] = novel;
        input[3] = cues.struck[t][k];
        input[4] = cues.steady[t][k];
        input[5] = sung;
        input[6] = harmonic;
        input[7] = voiced;
        input[8] = height;
        input[9] = height * height;
        input[10] = cues.mono ? 1 : 0;
        input[11] = novel * sung;
        input[12] = centred * sung;
        input[13] = centred * novel;
    }

    /** Share of the voice, 0 to 1. */
    float apply(float[] input) {
        float sum = outBias;
        for (int h = 0; h < hidden; h++) {
            float value = bias[h];
            int row = h * INPUTS;
            for (int i = 0; i < INPUTS; i++) {
                value += weights[row + i] * input[i];
            }
            activation[h] = value > 0 ? value : 0.1f * value;
        }
        for (int h = 0; h < hidden; h++) {
            sum += out[h] * activation[h];
        }
        return (float) (1 / (1 + Math.exp(-sum)));
    }
}
