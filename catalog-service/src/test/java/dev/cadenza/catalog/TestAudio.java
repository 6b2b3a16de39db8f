package dev.cadenza.catalog;

import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.EncodeOptions;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.SampleFormat;
import dev.cadenza.platform.audio.WavWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

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

    /** Three seconds of a tone with a picture: MP3 with ID3v2.3. */
    public static byte[] withPicture(byte[] picture) {
        byte[] mp3 = encoded(AudioFormat.MP3);
        int audio = 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9]);
        byte[] mime = "\0image/png\0\3\0".getBytes(StandardCharsets.ISO_8859_1);
        int frame = mime.length + picture.length;
        int tag = 10 + frame;
        ByteBuffer tagged = ByteBuffer.allocate(10 + tag + mp3.length - audio);
        tagged.put("ID3\3\0\0".getBytes(StandardCharsets.ISO_8859_1));
        tagged.put(new byte[] {
            (byte) (tag >> 21 & 127), (byte) (tag >> 14 & 127), (byte) (tag >> 7 & 127), (byte) (tag & 127)
        });
        tagged.put("APIC".getBytes(StandardCharsets.ISO_8859_1)).putInt(frame).putShort((short) 0);
        tagged.put(mime).put(picture).put(mp3, audio, mp3.length - audio);
        return tagged.array();
    }

    /** A PNG of one colour. */
    public static byte[] png(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
