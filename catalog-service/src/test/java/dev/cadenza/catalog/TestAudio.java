package dev.cadenza.catalog;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.EncodeOptions;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.SampleFormat;
import dev.cadenza.platform.audio.WavWriter;
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

    /** One second of a tone. */
    public static byte[] wav() {
        return wav(1);
    }

    /** A tone. */
    public static byte[] wav(double seconds) {
        return MADE.computeIfAbsent("wav" + seconds, key -> {
            try {
                Path file = Files.createTempFile("catalog-test-", ".wav");
                try {
                    write(file, seconds);
                    return Files.readAllBytes(file);
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Three seconds of a tone, with tags. */
    public static byte[] encoded(AudioFormat format) {
        return MADE.computeIfAbsent(format.word(), key -> {
            try {
                Path wav = Files.createTempFile("catalog-test-", ".wav");
                Path file = Files.createTempFile("catalog-test-", "." + format.word());
                try {
                    write(wav, 3);
                    Ffmpeg.open(AudioSettings.defaults())
                            .encode(
                                    wav,
                                    file,
                                    format,
                                    EncodeOptions.defaults()
                                            .withTag("title", "Tägged")
                                            .withTag("artist", "The Tags")
                                            .withTag("album", "Labels")
                                            .withTag("genre", "Ambient")
                                            .withTag("date", "2024-05-06"),
                                    Cancellation.NEVER);
                    return Files.readAllBytes(file);
                } finally {
                    Files.delete(wav);
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void write(Path file, double seconds) throws IOException {
        try (WavWriter writer = WavWriter.create(file, 44_100, 2, SampleFormat.PCM16)) {
            float[] block = new float[2];
            for (int i = 0; i < seconds * 44_100; i++) {
                block[0] = (float) (0.25 * Math.sin(2 * Math.PI * 440 * i / 44_100));
                block[1] = block[0];
                writer.write(block, 0, 1);
            }
        }
    }
}
