package dev.cadenza.processing.separate;

import dev.cadenza.platform.audio.RawWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes an estimate of the voice and, as what is left of the song, the accompaniment. For songs on an integer grid
 * both parts stay on that grid and within full scale, so that storing them as integers keeps the sum exact: the
 * estimate gives way where its complement would be clipped.
 */
public final class StemWriter implements Closeable {

    private final RawWriter vocals;
    private final RawWriter accompaniment;
    private final Stems stems;
    private final int channels;
    private final int bits;

    private StemWriter(Stems stems, RawWriter vocals, RawWriter accompaniment) {
        this.stems = stems;
        this.vocals = vocals;
        this.accompaniment = accompaniment;
        this.channels = stems.vocals().channels();
        this.bits = stems.vocals().bits();
    }

    /** Creates both files below {@code directory}. */
    public static StemWriter create(PcmAudio song, Path directory) throws IOException {
        Stems stems = new Stems(
                beside(song, directory.resolve("vocals.f32")), beside(song, directory.resolve("accompaniment.f32")));
        RawWriter vocals = RawWriter.create(stems.vocals().file(), song.channels());
        try {
            return new StemWriter(
                    stems, vocals, RawWriter.create(stems.accompaniment().file(), song.channels()));
        } catch (IOException | RuntimeException e) {
            vocals.close();
            throw e;
        }
    }

    private static PcmAudio beside(PcmAudio song, Path file) {
        return new PcmAudio(file, song.sampleRate(), song.channels(), song.bits());
    }

    /** Where they are. */
    public Stems stems() {
        return stems;
    }

    /**
     * Appends frames.
     *
     * @param song interleaved samples as they were read
     * @param estimate the voice in them, interleaved; anything that is not a number counts as silence
     */
    public void write(float[] song, float[] estimate, int frames) throws IOException {
        int count = frames * channels;
        float[] voice = new float[count];
        float[] rest = new float[count];
        for (int i = 0; i < count; i++) {
            voice[i] = split(song[i], estimate[i]);
            rest[i] = song[i] - voice[i];
        }
        vocals.write(voice, 0, frames);
        accompaniment.write(rest, 0, frames);
    }

    private float split(float song, float estimate) {
        float wanted = Float.isFinite(estimate) ? estimate : 0;
        if (bits == 32) {
            return wanted;
        }
        // all values below are multiples of the step and below 2^24 of them: exact in float
        int full = 1 << (bits - 1);
        int x = Math.round(song * full);
        int low = Math.max(-full, x - (full - 1));
        int high = Math.min(full - 1, x + full);
        int v = Math.max(low, Math.min(high, Math.round(wanted * full)));
        return (float) v / full;
    }

    @Override
    public void close() throws IOException {
        try (vocals;
                accompaniment) {
            // both are closed, whatever the first one says
        }
    }
}
