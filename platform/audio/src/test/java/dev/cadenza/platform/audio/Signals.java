package dev.cadenza.platform.audio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;

/** Test signals, written by our own WAV writer. */
final class Signals {

    private Signals() {}

    /** A file whose channels all hold {@code amplitude(t) * sin(phase(t))}-like samples of {@code signal}, t in seconds. */
    static Path wav(Path file, int rate, int channels, double seconds, SampleFormat format, DoubleUnaryOperator signal)
            throws IOException {
        try (WavWriter writer = WavWriter.create(file, rate, channels, format)) {
            float[] block = new float[1024 * channels];
            long frames = Math.round(seconds * rate);
            for (long done = 0; done < frames; ) {
                int now = (int) Math.min(1024, frames - done);
                for (int i = 0; i < now; i++) {
                    float value = (float) signal.applyAsDouble((done + i) / (double) rate);
                    for (int c = 0; c < channels; c++) {
                        block[i * channels + c] = value;
                    }
                }
                writer.write(block, 0, now);
                done += now;
            }
        }
        return file;
    }

    /** A tone. */
    static DoubleUnaryOperator sine(double hertz, double amplitude) {
        return t -> amplitude * Math.sin(2 * Math.PI * hertz * t);
    }

    /** From 100 Hz up, 200 Hz more every second. */
    static DoubleUnaryOperator sweep(double amplitude) {
        return t -> amplitude * Math.sin(2 * Math.PI * (100 * t + 100 * t * t));
    }
}
