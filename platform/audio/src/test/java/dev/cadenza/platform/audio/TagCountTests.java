package dev.cadenza.platform.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.platform.audio.UndecodableAudioException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TagCountTests {

    private static Ffmpeg ffmpeg;

    @TempDir
    static Path seeds;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        ffmpeg = Ffmpeg.open(AudioSettings.defaults());
        Signals.wav(seeds.resolve("seed.wav"), 44_100, 2, 1, SampleFormat.PCM16, Signals.sine(440, 0.5));
    }

    @ParameterizedTest
    @EnumSource(names = {"MP3", "FLAC", "OGG"})
    void countsWhatFfmpegWrites(AudioFormat format) throws Exception {
        // a program and a version of its own come to these, and there is more than one page of them
        assertThat(ffmpeg.probe(tagged(format, TagCount.MOST - 20)).durationSeconds())
                .isPositive();
        assertRefused(tagged(format, TagCount.MOST + 1));
    }

    private Path tagged(AudioFormat format, int count) throws IOException {
        EncodeOptions options = EncodeOptions.defaults();
        for (int i = 0; i < count; i++) {
            options = options.withTag("NAME" + i, "v".repeat(150));
        }
        Path file = folder.resolve("tagged." + format.word());
        ffmpeg.encode(seeds.resolve("seed.wav"), file, format, options, Cancellation.NEVER);
        return file;
    }

    /** Where tags can be. */
    interface Place {
        byte[] file(int tags);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                place("comments", n -> Hostile.flacComments(flac(), n, "v")),
                place("comments in two blocks", n -> {
                    byte[] half = Hostile.flacComments(flac(), n / 2, "v");
                    return Hostile.flacComments(half, n - n / 2, "v");
                }),
                place("frames before FLAC", n -> Hostile.join(id3(3, frames(3, n)), flac())),
                place("frames of version 2", n -> id3(2, frames(2, n))),
                place("frames of version 3", n -> id3(3, frames(3, n))),
                place("frames of version 4", n -> id3(4, frames(4, n))),
                place("frames in two tags", n -> Hostile.join(id3(3, frames(3, n / 2)), id3(4, frames(4, n - n / 2)))),
                place(
                        "frames in a chapter",
                        n -> id3(
                                3,
                                Hostile.id3Frame(
                                        "CHAP", Hostile.join(Hostile.bytes("c\0"), new byte[16], frames(3, n - 1))))),
                place("items behind the audio", n -> Hostile.join(wav(), chunk("LIST", items(n)))),
                place(
                        "items in two lists",
                        n -> Hostile.join(wav(), chunk("LIST", items(n / 2)), chunk("LIST", items(n - n / 2)))),
                place(
                        "items behind large audio",
                        n -> Hostile.join(Hostile.rf64(4000, new byte[4000]), chunk("LIST", items(n)))),
                place("frames in a chunk", n -> Hostile.join(wav(), chunk("id3 ", id3(3, frames(3, n))))),
                place("atoms of a film", n -> m4a(box("udta", boxes(n)))),
                // the list's box is one itself
                place("atoms of a list", n -> m4a(box("udta", meta(boxes(n - 1))))),
                place("atoms of a stream", n -> m4a(box("trak", box("udta", boxes(n))))));
    }

    private static Arguments place(String name, Place place) {
        return Arguments.of(name, place);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void countsThemWhereverTheyAre(String name, Place place) throws Exception {
        Path file = folder.resolve("x");
        Files.write(file, place.file(TagCount.MOST));
        assertThatCode(() -> AudioHeader.read(file))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        other -> assertThat(other).hasMessage("The file has tags and no audio behind them."));
        Files.write(file, place.file(TagCount.MOST + 1));
        assertRefused(file);
    }

    @Test
    void longNamesCountMore() throws Exception {
        byte[] comments = Hostile.flacComments(flac(), 50, "v".repeat(600));
        AudioHeader.read(write(comments));
        for (int i = 0; i < comments.length; i++) {
            comments[i] = comments[i] == '=' ? (byte) 'n' : comments[i];
        }
        assertRefused(write(comments));
        byte[] frame = Hostile.id3Frame("TXXX", new byte[5000]);
        byte[][] many = new byte[50][];
        Arrays.fill(many, frame);
        assertRefused(write(id3(3, Hostile.join(many))));
        Arrays.fill(many, Hostile.id3Frame("APIC", new byte[5000]));
        assertThat(AudioHeader.read(write(Hostile.join(id3(3, Hostile.join(many)), flac())))
                        .format())
                .isEqualTo(AudioFormat.FLAC);
    }

    @Test
    void filesOfNothingButPartsAreRefused() throws Exception {
        assertRefused(
                write(Hostile.join(Hostile.bytes("RIFF\0\0\0\0WAVE"), Hostile.bytes("JUNK\0\0\0\0".repeat(60_000)))));
        assertRefused(write(Hostile.join(
                Hostile.bytes("\0\0\0\u0010ftypM4A \0\0\0\0"), Hostile.bytes("\0\0\0\u0008free".repeat(60_000)))));
        assertRefused(write(Hostile.join(Hostile.bytes("fLaC"), Hostile.bytes("\1\0\0\0".repeat(60_000)))));
        byte[] page =
                Hostile.join(Hostile.bytes("OggS"), new byte[10], Hostile.bytes("abcd"), new byte[8], new byte[1]);
        byte[] first = page.clone();
        first[14] = 'x';
        assertRefused(write(
                Hostile.join(first, Hostile.bytes(new String(page, StandardCharsets.ISO_8859_1).repeat(60_000)))));
    }

    @Test
    void sizesThatLieDoNoHarm() throws Exception {
        List<byte[]> files = new ArrayList<>();
        places().forEach(arguments -> files.add(((Place) arguments.get()[1]).file(20)));
        for (AudioFormat format : List.of(AudioFormat.OGG, AudioFormat.M4A)) {
            files.add(Files.readAllBytes(tagged(format, 20)));
        }
        int[] lies = {0, 1, 7, 255, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7F7F_7F7F, 0x0100_0000};
        Random random = new Random(3);
        for (byte[] file : files) {
            for (int i = 0; i < 50; i++) {
                byte[] lying = file.clone();
                int at = random.nextInt(Math.min(file.length - 8, 2000));
                ByteBuffer.wrap(lying)
                        .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                        .putInt(at, lies[random.nextInt(lies.length)]);
                assertHarmless(lying);
                assertHarmless(Hostile.mutated(file, random));
            }
        }
    }

    private void assertHarmless(byte[] bytes) throws IOException {
        try {
            AudioHeader.read(write(bytes));
        } catch (UndecodableAudioException e) {
            assertThat(e.reason()).endsWith(".");
        }
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(() -> ffmpeg.probe(file)).isInstanceOfSatisfying(UndecodableAudioException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.BEYOND_LIMITS);
            assertThat(e.reason())
                    .isIn("The file has too many tags: 1000 are accepted.", "The file consists of too many parts.");
        });
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("x"), content);
    }

    private static byte[] flac() {
        byte[] flac = Hostile.flacSilence(1);
        // more headers may follow the first
        flac[4] = 0;
        return flac;
    }

    private static byte[] wav() {
        return Hostile.wav(36 + 4000, 4000, 2, 44_100, new byte[4000]);
    }

    private static byte[] id3(int version, byte[] frames) {
        byte[] tag = Hostile.id3(frames.length, frames);
        tag[3] = (byte) version;
        return tag;
    }

    /** Long enough for the two kinds of sizes to differ. */
    private static byte[] frames(int version, int count) {
        byte[] frame = Hostile.id3Frame("TXXX", new byte[200]);
        if (version == 4) {
            ByteBuffer.wrap(frame).putInt(4, 200 >> 7 << 8 | 200 & 0x7F);
        } else if (version == 2) {
            frame = Hostile.join(Hostile.bytes("TXX\0\0"), new byte[] {(byte) 200}, new byte[200]);
        }
        byte[][] frames = new byte[count][];
        Arrays.fill(frames, frame);
        return Hostile.join(frames);
    }

    private static byte[] chunk(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Hostile.bytes(name))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] items(int count) {
        return Hostile.bytes("INFO" + "ICMT\3\0\0\0ab\0\0".repeat(count));
    }

    private static byte[] box(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(Hostile.bytes(name))
                .put(content)
                .array();
    }

    private static byte[] boxes(int count) {
        return Hostile.bytes("\0\0\0\u000c\u00a9nam\0\0\0\0".repeat(count));
    }

    private static byte[] meta(byte[] list) {
        return box("meta", Hostile.join(new byte[4], box("hdlr", new byte[25]), box("ilst", list)));
    }

    private static byte[] m4a(byte[] inside) {
        return Hostile.join(Hostile.bytes("\0\0\0\u0010ftypM4A \0\0\0\0"), box("moov", inside));
    }
}
