package dev.cadenza.processing.separate;

import dev.cadenza.platform.audio.RawReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Decoded audio on disk: raw interleaved little-endian float32.
 *
 * @param sampleRate frames a second
 * @param channels 1 or 2
 * @param bits 16 or 24 where all samples lie on the grid of that integer format, 32 where they are free floats
 */
public record PcmAudio(Path file, int sampleRate, int channels, int bits) {

    public PcmAudio {
        if (channels < 1 || channels > 2 || sampleRate < 1 || (bits != 16 && bits != 24 && bits != 32)) {
            throw new IllegalArgumentException(channels + " channels, " + sampleRate + " Hz, " + bits + " bits");
        }
    }

    /** Opens the samples. */
    public RawReader open() throws IOException {
        return RawReader.open(file, channels);
    }
}
