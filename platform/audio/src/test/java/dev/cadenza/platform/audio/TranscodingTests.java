package dev.cadenza.platform.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscodingTests {

    private static final int RATE = 44_100;

    private static Ffmpeg ffmpeg;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        ffmpeg = Ffmpeg.open(AudioSettings.defaults());
    }

    @ParameterizedTest
    @CsvSource({"MP3, mp3, mp3", "AAC, m4a, aac", "OPUS, ogg, opus", "FLAC, flac, flac"})
    void makesEveryKindWithTheLengthOfTheOriginal(Transcoding.Codec codec, String format, String name)
            throws Exception {
        Path out = folder.resolve("out");
        ffmpeg.transcode(tone(7.3, 2), 2, out, Transcoding.file(codec, 128), Cancellation.NEVER);
        AudioInfo info = ffmpeg.probe(out);
        assertThat(info.format()).isEqualTo(format);
        assertThat(info.codec()).isEqualTo(name);
        assertThat(info.channels()).isEqualTo(2);
        // decoded, so that what an encoder adds at the ends shows
        Path raw = folder.resolve("raw");
        ffmpeg.decode(out, raw, RATE, 2, Cancellation.NEVER);
        try (RawReader reader = RawReader.open(raw, 2)) {
            // AAC ends with a whole frame
            assertThat(reader.frames() / (double) RATE).isBetween(7.299, 7.3 + 1024.0 / RATE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "6, 2"})
    void keepsMonoAndMixesSurroundDown(int channels, int expected) throws Exception {
        Path out = folder.resolve("out");
        ffmpeg.transcode(
                tone(1, channels), channels, out, Transcoding.file(Transcoding.Codec.MP3, 96), Cancellation.NEVER);
        assertThat(ffmpeg.probe(out).channels()).isEqualTo(expected);
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Path in = tone(3, 2);
        for (Path out : List.of(one, two)) {
            ffmpeg.transcode(in, 2, out, Transcoding.fragments(128, 100), Cancellation.NEVER);
        }
        assertThat(Files.mismatch(one, two)).isEqualTo(-1);
    }

    @Test
    void everyFragmentButTheLastHoldsTheFramesThatWereAskedFor() throws Exception {
        Path out = folder.resolve("out");
        ffmpeg.transcode(tone(10, 1), 1, out, Transcoding.fragments(64, 100), Cancellation.NEVER);
        List<Integer> frames = frames(out);
        // 10 s at 48 kHz are 468.75 frames, and the encoder begins with one of its own
        assertThat(frames).containsExactly(100, 100, 100, 100, 70);
    }

    @Test
    void whatIsNoAudioIsRefused() throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "#EXTM3U\nhttp://127.0.0.1/");
        Path out = folder.resolve("out");
        assertThatThrownBy(() ->
                        ffmpeg.transcode(in, 2, out, Transcoding.file(Transcoding.Codec.MP3, 128), Cancellation.NEVER))
                .isInstanceOf(UndecodableAudioException.class);
        assertThat(out).doesNotExist();
    }

    /** Sample counts of the fragments of an MP4 file. */
    private static List<Integer> frames(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<Integer> counts = new ArrayList<>();
        for (int box = 0; box < bytes.limit(); box += bytes.getInt(box)) {
            if (bytes.getInt(box + 4) == 0x6D6F6F66) { // moof
                for (int i = box; i < box + bytes.getInt(box); i++) {
                    if (bytes.getInt(i) == 0x7472756E) { // trun: flags, then the count
                        counts.add(bytes.getInt(i + 8));
                        break;
                    }
                }
            }
        }
        return counts;
    }

    private Path tone(double seconds, int channels) throws IOException {
        return Signals.wav(
                folder.resolve("tone.wav"), RATE, channels, seconds, SampleFormat.PCM16, Signals.sine(440, 0.25));
    }
}
