package dev.cadenza.platform.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"PCM16, 1, 3.1e-5", "PCM16, 2, 3.1e-5", "PCM24, 1, 1.3e-7", "PCM24, 3, 1.3e-7", "FLOAT32, 2, 0"})
    void readsBackWhatItWrote(SampleFormat format, int channels, double step) throws Exception {
        Path file = Signals.wav(folder.resolve("a.wav"), 44_100, channels, 2.00002, format, Signals.sweep(0.9));
        try (WavReader reader = WavReader.open(file)) {
            assertThat(reader.frames()).isEqualTo(88_201);
            assertThat(reader.sampleRate()).isEqualTo(44_100);
            assertThat(reader.channels()).isEqualTo(channels);
            assertThat(reader.format()).isEqualTo(format);
            float[] block = new float[channels * 777];
            long at = 0;
            double worst = 0;
            for (int n = reader.read(block, 0, 777); n >= 0; n = reader.read(block, 0, 777)) {
                for (int i = 0; i < n * channels; i++) {
                    float wanted = (float) Signals.sweep(0.9).applyAsDouble((at + i / channels) / 44_100.0);
                    worst = Math.max(worst, Math.abs(block[i] - wanted));
                }
                at += n;
            }
            assertThat(at).isEqualTo(88_201);
            assertThat(worst).isLessThanOrEqualTo(step);
        }
    }

    @Test
    void clipsToFullScaleInsteadOfWrapping() throws Exception {
        Path file = folder.resolve("loud.wav");
        try (WavWriter writer = WavWriter.create(file, 8000, 1, SampleFormat.PCM16)) {
            writer.write(new float[] {2f, -2f, 1f, -1f, Float.NaN});
        }
        try (WavReader reader = WavReader.open(file)) {
            float[] block = new float[5];
            assertThat(reader.read(block, 0, 5)).isEqualTo(5);
            assertThat(block).containsExactly(32767 / 32768f, -1f, 32767 / 32768f, -1f, 0f);
            assertThat(reader.read(block, 0, 5)).isEqualTo(-1);
        }
    }

    @Test
    void declaresTheTrueSizesOnceClosed() throws Exception {
        Path file = Signals.wav(folder.resolve("odd.wav"), 8000, 1, 0.125, SampleFormat.PCM24, t -> 0.5);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(4)).isEqualTo(bytes.capacity() - 8);
        assertThat(bytes.getInt(40)).isEqualTo(3000);
    }

    @Test
    void believesTheDataNotTheHeader() throws Exception {
        Path file = Signals.wav(folder.resolve("a.wav"), 8000, 1, 1, SampleFormat.PCM16, t -> 0);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 1_000_000_000);
        Files.write(file, bytes);
        try (WavReader reader = WavReader.open(file)) {
            assertThat(reader.frames()).isEqualTo(8000);
        }
    }

    @Test
    void refusesWhatIsNoWav() throws IOException {
        Path file = Files.writeString(folder.resolve("a.wav"), "hello, I am not a sound at all, sorry about that");
        assertThatThrownBy(() -> WavReader.open(file)).isInstanceOf(UndecodableAudioException.class);
        Path header = Files.write(folder.resolve("b.wav"), "RIFF\0\0\0\0WAVE".getBytes());
        assertThatThrownBy(() -> WavReader.open(header)).isInstanceOf(UndecodableAudioException.class);
    }

    @Test
    void readsAndSeeksRawSamples() throws Exception {
        Path file = folder.resolve("a.f32");
        float[] samples = new float[100_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i / 100_000f;
        }
        try (RawWriter writer = RawWriter.create(file, 2)) {
            writer.write(samples, 0, 20_000);
            writer.write(samples, 40_000, 30_000);
        }
        try (RawReader reader = RawReader.open(file, 2)) {
            assertThat(reader.frames()).isEqualTo(50_000);
            float[] read = new float[100_000];
            assertThat(reader.read(read, 0, 60_000)).isEqualTo(50_000);
            assertThat(read).isEqualTo(samples);
            assertThat(reader.read(read, 0, 1)).isEqualTo(-1);
            reader.seek(12_345);
            assertThat(reader.read(read, 10, 1)).isEqualTo(1);
            assertThat(read[10]).isCloseTo(samples[24_690], within(0f));
            assertThat(read[11]).isCloseTo(samples[24_691], within(0f));
        }
    }
}
