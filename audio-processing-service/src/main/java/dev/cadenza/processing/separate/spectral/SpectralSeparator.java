package dev.cadenza.processing.separate.spectral;

import dev.cadenza.processing.separate.PcmAudio;
import dev.cadenza.processing.separate.Separator;
import dev.cadenza.processing.separate.Stems;
import dev.cadenza.processing.separate.Stretches;
import dev.cadenza.processing.separate.Work;
import dev.cadenza.processing.separate.spectrum.Spectrogram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The built-in engine. A soft mask over the short-time spectrum takes the voice out; the accompaniment is what is left,
 * so both add up to the song. The mask comes from several classical {@link Cues}, weighed by a {@link MaskNetwork}.
 *
 * <p>Works in stretches of 24 s with 3 s more on both sides, cross-faded over 1 s: memory does not grow with the song.
 */
public final class SpectralSeparator implements Separator {

    private static final String VERSION = "1.0";
    private static final int CORE_SECONDS = 24;
    private static final int CONTEXT_SECONDS = 3;
    private static final int FADE_SECONDS = 1;

    /** No voice sounds below this; Rafii and Pardo cut at 100 Hz, but low male voices reach further down. */
    private static final double LOWEST_HZ = 70;

    /** Above this everything is accompaniment. */
    private static final double HIGHEST_HZ = 16_000;

    private static final double WINDOW_SECONDS = 4096 / 44_100.0;

    @Override
    public String name() {
        return "spectral";
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, "Apache-2.0");
    }

    @Override
    public Stems separate(PcmAudio song, Path directory, Work work) throws IOException {
        MaskNetwork network = MaskNetwork.load();
        return new Stretches(CORE_SECONDS, CONTEXT_SECONDS, FADE_SECONDS)
                .separate(
                        song,
                        directory,
                        (samples, length, part) -> voice(samples, length, song.sampleRate(), network, part),
                        work);
    }

    /** The voice in {@code samples[channel][…length]}. */
    static float[][] voice(float[][] samples, int length, int sampleRate, MaskNetwork network, Work work) {
        Spectrogram spectrogram = spectrogram(samples, length, sampleRate, work.part(0, 0.1));
        double framesPerSecond = sampleRate * 4.0 / windowSize(sampleRate);
        Cues cues = Cues.of(spectrogram, framesPerSecond, work.part(0.1, 0.8));
        float[][] mask = mask(cues, network, work.part(0.8, 0.9));
        float[][][] masks = new float[samples.length][][];
        Arrays.fill(masks, mask);
        return spectrogram.masked(masks, length, work.part(0.9, 1));
    }

    /** Windows of about 93 ms, up to the highest frequency at which a voice is looked for. */
    static Spectrogram spectrogram(float[][] samples, int length, int sampleRate, Work work) {
        return Spectrogram.of(
                samples, length, sampleRate, windowSize(sampleRate), HIGHEST_HZ, Spectrogram.Window.SQRT_HANN, work);
    }

    private static int windowSize(int sampleRate) {
        double exact = Math.log(sampleRate * WINDOW_SECONDS) / Math.log(2);
        return 1 << Math.max(6, (int) Math.round(exact));
    }

    private static float[][] mask(Cues cues, MaskNetwork network, Work work) {
        int frames = cues.magnitude.length;
        int bins = cues.magnitude[0].length;
        int lowest = (int) Math.ceil(LOWEST_HZ / cues.binHz);
        float[][] mask = new float[frames][bins];
        float[] input = new float[MaskNetwork.INPUTS];
        for (int t = 0; t < frames; t++) {
            work.check();
            for (int k = lowest; k < bins; k++) {
                if (cues.magnitude[t][k] > 0) {
                    MaskNetwork.inputs(cues, t, k, input);
                    mask[t][k] = network.apply(input);
                }
            }
        }
        return mask;
    }
}
