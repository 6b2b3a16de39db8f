package dev.cadenza.processing;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.EncodeOptions;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.SampleFormat;
import dev.cadenza.platform.audio.WavWriter;
import dev.cadenza.processing.separate.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Small real audio files. */
public final class TestAudio {

    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    private TestAudio() {}

    /** Music of two channels at 44.1 kHz. */
    public static byte[] wav(double seconds, SampleFormat format) {
        return MADE.computeIfAbsent(format + " " + seconds, key -> made(".wav", file -> write(file, seconds, format)));
    }

    /** Three seconds of the same in another format, 16 bit where it knows bits. */
    public static byte[] encoded(AudioFormat format) {
        return encoded(format, 16);
    }

    /** Three seconds of the same. */
    public static byte[] encoded(AudioFormat format, int bits) {
        return MADE.computeIfAbsent(
                format.word() + bits,
                key -> made("." + format.word(), file -> {
                    Path wav = Files.createTempFile("processing-test-", ".wav");
                    try {
                        write(wav, 3, bits == 16 ? SampleFormat.PCM16 : SampleFormat.PCM24);
                        Ffmpeg.open(AudioSettings.defaults())
                                .encode(
                                        wav,
                                        file,
                                        format,
                                        EncodeOptions.defaults().withBitDepth(bits),
                                        Cancellation.NEVER);
                    } finally {
                        Files.delete(wav);
                    }
                }));
    }

    private interface Maker {
        void make(Path file) throws IOException;
    }

    private static byte[] made(String extension, Maker maker) {
        try {
            Path file = Files.createTempFile("processing-test-", extension);
            try {
                maker.make(file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, double seconds, SampleFormat format) throws IOException {
        float[][] sound = Signals.music(seconds, 44_100, 2);
        float[] frame = new float[2];
        try (WavWriter writer = WavWriter.create(file, 44_100, 2, format)) {
            for (int i = 0; i < sound[0].length; i++) {
                frame[0] = sound[0][i];
                frame[1] = sound[1][i];
                writer.write(frame, 0, 1);
            }
        }
    }
}
