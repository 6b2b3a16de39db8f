package dev.cadenza.processing.separate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StemWriterTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void bothPartsStayOnTheGridAndAddUpExactlyWhateverTheEstimate(int bits) throws IOException {
        int full = 1 << (bits - 1);
        float[] song = {0, 0.5f, -1, (full - 1f) / full, -1, (full - 1f) / full, 1f / full, 0.25f, 0.25f, 0.1f};
        float[] estimate = {3, -0.9f, 0.7f, -0.7f, -5, 5, 0.4f / full, Float.NaN, Float.POSITIVE_INFINITY, 1e-9f};
        song[9] = Math.round(song[9] * full) / (float) full;
        Stems stems = write(song, estimate, bits);
        float[] vocals = Signals.read(stems.vocals())[0];
        float[] rest = Signals.read(stems.accompaniment())[0];
        for (int i = 0; i < song.length; i++) {
            long v = Math.round((double) vocals[i] * full);
            long a = Math.round((double) rest[i] * full);
            assertThat((double) v / full).isEqualTo(vocals[i]);
            assertThat((double) a / full).isEqualTo(rest[i]);
            assertThat(v).isBetween((long) -full, full - 1L);
            assertThat(a).isBetween((long) -full, full - 1L);
            assertThat(v + a).isEqualTo(Math.round((double) song[i] * full));
        }
    }

    @Test
    void floatsAreLeftFree() throws IOException {
        float[] song = {1.5f, -0.2f, 0.3f};
        Stems stems = write(song, new float[] {2.5f, 0.1f, Float.NaN}, 32);
        assertThat(Signals.read(stems.vocals())[0]).containsExactly(2.5f, 0.1f, 0f);
        assertThat(Signals.read(stems.accompaniment())[0]).containsExactly(-1f, -0.2f - 0.1f, 0.3f);
    }

    private Stems write(float[] song, float[] estimate, int bits) throws IOException {
        PcmAudio audio = Signals.write(folder.resolve("song"), new float[][] {song}, 44_100, bits);
        try (StemWriter writer = StemWriter.create(audio, folder)) {
            writer.write(song, estimate, song.length);
            return writer.stems();
        }
    }
}
