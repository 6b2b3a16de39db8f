package dev.cadenza.platform.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.cadenza.platform.audio.UndecodableAudioException.Problem;
import dev.cadenza.platform.audio.analysis.MusicAnalysis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that want to be something else, to be larger than they are, or to be read where they must not. */
class HostileAudioTests {

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static Ffmpeg ffmpeg;
    private static HttpServer server;
    private static String address;

    @TempDir
    static Path seeds;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        ffmpeg = Ffmpeg.open(AudioSettings.defaults());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ASKED.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/secret.wav";
        Path wav = Signals.wav(seeds.resolve("seed.wav"), 44_100, 2, 2, SampleFormat.PCM16, Signals.sine(440, 0.5));
        for (AudioFormat format : AudioFormat.values()) {
            ffmpeg.encode(
                    wav,
                    seeds.resolve("encoded." + format.word()),
                    format,
                    EncodeOptions.defaults().withTag("title", "Seed"),
                    Cancellation.NEVER);
        }
    }

    @AfterAll
    static void close() {
        server.stop(0);
    }

    @Test
    void neitherFilesNorAddressesThatAFileNamesAreRead() throws Exception {
        // would be heard at once: nothing else here is as long
        Path canary =
                Signals.wav(folder.resolve("canary.wav"), 44_100, 2, 7, SampleFormat.PCM16, Signals.sine(440, 0.9));
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String place : List.of(address, canary.toString(), "file:" + canary, "canary.wav")) {
            String m3u8 =
                    "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + place + "\n#EXT-X-ENDLIST\n";
            String concat = "ffconcat version 1.0\nfile '" + place + "'\nduration 7\n";
            byte[] svg = Hostile.bytes("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"" + place
                    + "\">]><svg xmlns:xlink=\"http://www.w3.org/1999/xlink\"><image xlink:href=\"" + place
                    + "\"/>&x;</svg>");
            files.put("list " + place, Hostile.bytes(m3u8));
            files.put("concat " + place, Hostile.bytes(concat));
            files.put("svg " + place, svg);
            files.put("pls " + place, Hostile.bytes("[playlist]\nFile1=" + place + "\nNumberOfEntries=1\n"));
            files.put("sdp " + place, Hostile.bytes("v=0\nc=IN IP4 127.0.0.1\nm=audio 4000 RTP/AVP 0\na=" + place));
            files.put(
                    "dash " + place,
                    Hostile.bytes(
                            "<?xml version=\"1.0\"?><MPD><Period><BaseURL>" + place + "</BaseURL></Period></MPD>"));
            byte[] frames = Hostile.bytes(m3u8);
            files.put("list behind a tag " + place, Hostile.join(Hostile.id3(0, new byte[0]), frames));
            files.put("list in a tag " + place, Hostile.id3(frames.length, frames));
            files.put("list behind ftyp " + place, Hostile.join(Hostile.bytes("\0\0\0\u0010ftypM4A \0\0\0\0"), frames));
            files.put("list behind flac " + place, Hostile.join(Hostile.bytes("fLaC"), frames));
            files.put("list behind ogg " + place, Hostile.join(Hostile.bytes("OggS"), frames));
            files.put("list behind riff " + place, Hostile.join(Hostile.bytes("RIFF\0\0\0\0WAVE"), frames));
            for (String kind : List.of("url ", "alis", "rsrc")) {
                files.put(kind + place, Hostile.elsewhere(seed(AudioFormat.M4A), kind, place));
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            for (String name : List.of("x.mp3", "x.m4a", "x.wav")) {
                Path path = Files.write(folder.resolve(name), file.getValue());
                assertHarmless(path, file.getKey());
                try {
                    assertThat(ffmpeg.probe(path).durationSeconds())
                            .as(file.getKey())
                            .isLessThan(3);
                } catch (UndecodableAudioException e) {
                    assertReason(e);
                }
            }
        }
        assertThat(ASKED).hasValue(0);
    }

    @Test
    void tagsThatAreXmlOrAddressesAreText() throws Exception {
        String xml = "<!DOCTYPE x [<!ENTITY x SYSTEM '" + address + "'>]><x>&x;</x>";
        byte[] frames = Hostile.join(
                Hostile.id3Frame("TIT2", Hostile.bytes("\0" + xml)),
                Hostile.id3Frame("WXXX", Hostile.bytes("\0\0" + address)),
                Hostile.id3Frame("APIC", Hostile.bytes("\0-->\0\3\0" + address)));
        Path file = write("x.mp3", Hostile.join(Hostile.id3(frames.length, frames), mp3()));
        assertThat(ffmpeg.probe(file).tags()).containsEntry("title", xml);
        assertThat(coverOf(file)).isFalse();
        assertThat(ASKED).hasValue(0);
    }

    @Test
    void takesHundredsOfTagsAndTagsOfMegabytesAndRefusesAHundredThousand() throws Exception {
        byte[] flac = seed(AudioFormat.FLAC);
        assertThat(assertRefused(write("x.flac", Hostile.flacComments(flac, 100_000, "value")))
                        .problem())
                .isEqualTo(Problem.BEYOND_LIMITS);
        AudioInfo many = ffmpeg.probe(write("x.flac", Hostile.flacComments(flac, 900, "value")));
        assertThat(many.durationSeconds()).isCloseTo(2, within(0.01));
        assertThat(many.tags()).hasSizeLessThanOrEqualTo(64);
        AudioInfo large = ffmpeg.probe(write("x.flac", Hostile.flacComments(flac, 4, "v".repeat(3_000_000))));
        assertThat(large.tags().values()).allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(500));
        byte[] frames = Hostile.join(
                Hostile.id3Frame("TIT2", Hostile.bytes("\0Title")),
                Hostile.id3Frame("TXXX", Hostile.bytes("\0Lyrics\0" + "la ".repeat(1_000_000))),
                Hostile.id3Frame("TPE1", Hostile.bytes("\0Artist")));
        AudioInfo lyrics = ffmpeg.probe(write("x.mp3", Hostile.join(Hostile.id3(frames.length, frames), mp3())));
        assertThat(lyrics.tags()).containsEntry("title", "Title").containsEntry("artist", "Artist");
        frames = Hostile.id3Frame("TIT2", Hostile.bytes("\0" + "T".repeat(3_000_000)));
        assertThat(ffmpeg.probe(write("x.mp3", Hostile.join(Hostile.id3(frames.length, frames), mp3())))
                        .durationSeconds())
                .isCloseTo(2, within(0.1));
    }

    @Test
    void readsTagsInAllEncodings() throws Exception {
        byte[] utf16 = "Tägged 音".getBytes(java.nio.charset.StandardCharsets.UTF_16);
        byte[] frames = Hostile.join(
                Hostile.id3Frame("TIT2", Hostile.join(new byte[] {1}, utf16)),
                Hostile.id3Frame("TPE1", Hostile.join(new byte[] {0}, Hostile.bytes("Ärtist"))),
                // wrong: odd length, no such encoding
                Hostile.id3Frame("TALB", new byte[] {1, (byte) 0xFF, (byte) 0xFE, 65}),
                Hostile.id3Frame("TCON", new byte[] {9, 65, 66}));
        AudioInfo info = ffmpeg.probe(write("x.mp3", Hostile.join(Hostile.id3(frames.length, frames), mp3())));
        assertThat(info.tags()).containsEntry("title", "Tägged 音").containsEntry("artist", "Ärtist");
    }

    @Test
    void refusesTooManyChannelsAndTooHighRates() throws Exception {
        byte[] data = new byte[64 * 2 * 4000];
        assertRefused(write("x.wav", Hostile.wav(36 + data.length, data.length, 64, 384_000, data)));
        assertRefused(write("x.wav", Hostile.wav(36 + data.length, data.length, 65_535, 44_100, data)));
        assertRefused(write("x.wav", Hostile.wav(36 + data.length, data.length, 2, -1, data)));
    }

    @Test
    void refusesADayOfSilenceInAFewBytesAndHearsNoMoreThanItMay() throws Exception {
        byte[] day = Hostile.flacSilence(24 * 3600);
        assertThat(day).hasSizeLessThan(200_000);
        Path file = write("day.flac", day);
        assertThat(assertRefused(file).problem()).isEqualTo(Problem.BEYOND_LIMITS);
        AudioSettings defaults = AudioSettings.defaults();
        Ffmpeg hour = Ffmpeg.open(new AudioSettings(
                null,
                null,
                Duration.ofMinutes(20),
                8,
                192_000,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                defaults.memory(),
                defaults.maxOutput()));
        AtomicLong samples = new AtomicLong();
        hour.listen(file, 44_100, (block, count) -> samples.addAndGet(count), Cancellation.NEVER);
        assertThat(samples.get() / 44_100.0).isCloseTo(1200, within(1.0));
    }

    @Test
    void aPictureThatUnfoldsToGigabytesIsRefusedBeforeItIsDecoded() throws Exception {
        byte[] png = Hostile.png(30_000, 30_000);
        assertThat(png).hasSizeLessThan(300_000);
        byte[] frames = Hostile.picture(png);
        Path file = write("x.mp3", Hostile.join(Hostile.id3(frames.length, frames), mp3()));
        assertThat(ffmpeg.probe(file).durationSeconds()).isCloseTo(2, within(0.1));
        Path picture = folder.resolve("picture");
        assertThat(ffmpeg.takePicture(file, picture)).isTrue();
        assertThat(picture).hasBinaryContent(png);
        assertThatThrownBy(() -> ffmpeg.shrinkToJpeg(picture, folder.resolve("small"), 1000, 50_000_000))
                .isInstanceOfSatisfying(
                        UndecodableImageException.class,
                        e -> assertThat(e.problem()).isEqualTo(UndecodableImageException.Problem.BEYOND_LIMITS));
    }

    @Test
    void takesThePictureOutAndMakesItSmall() throws Exception {
        byte[] png = Hostile.png(1200, 600);
        byte[] frames = Hostile.picture(png);
        Path file = write("x.mp3", Hostile.join(Hostile.id3(frames.length, frames), mp3()));
        Path picture = folder.resolve("picture");
        assertThat(ffmpeg.takePicture(file, picture)).isTrue();
        ImageInfo small = ffmpeg.shrinkToJpeg(picture, folder.resolve("small"), 1000, 50_000_000);
        assertThat(small).isEqualTo(new ImageInfo("jpg", "image/jpeg", 1000, 500));
        for (AudioFormat format : AudioFormat.values()) {
            assertThat(ffmpeg.takePicture(seeds.resolve("encoded." + format.word()), picture))
                    .isFalse();
            assertThat(picture).doesNotExist();
        }
    }

    @Test
    void refusesTagsThatPointBeyondTheEnd() throws Exception {
        assertRefused(write("x.mp3", Hostile.join(Hostile.id3(200_000_000, new byte[0]), mp3())));
        byte[] frame = Hostile.id3Frame("APIC", new byte[10]);
        frame[4] = 0x7F; // two gigabytes of picture
        Path file = write("x.mp3", Hostile.join(Hostile.id3(frame.length, frame), mp3()));
        assertHarmless(file, "frame beyond the end");
    }

    @Test
    void wrongSizesOfWavFilesAreNotBelieved() throws Exception {
        byte[] second = new byte[4 * 44_100];
        Path honest = write("x.wav", Hostile.rf64(second.length, second));
        assertThat(ffmpeg.probe(honest).durationSeconds()).isCloseTo(1, within(0.01));
        for (int riff : new int[] {0, 1, -1, Integer.MAX_VALUE, second.length}) {
            Path file = write("x.wav", Hostile.wav(riff, second.length, 2, 44_100, second));
            assertThat(ffmpeg.probe(file).durationSeconds()).isCloseTo(1, within(0.01));
        }
        for (int size : new int[] {1, 3, 44_100, second.length * 10, Integer.MAX_VALUE - 1}) {
            assertHarmless(write("x.wav", Hostile.wav(36 + size, size, 2, 44_100, second)), "size " + size);
        }
        for (long size : new long[] {0, -1, Long.MAX_VALUE, 1L << 40}) {
            assertHarmless(write("x.wav", Hostile.rf64(size, second)), "size " + size);
        }
    }

    @Test
    void claimsOfMp4AndFlacAreNotBelieved() throws Exception {
        byte[] m4a = seed(AudioFormat.M4A);
        for (String box : List.of("mvhd", "mdhd", "stts", "stsz", "stsc", "stco", "moov", "trak")) {
            for (int value : new int[] {0, -1, Integer.MAX_VALUE}) {
                // name, length of the list, what is in it, time scale, duration
                for (int after : new int[] {0, 8, 16, 20}) {
                    byte[] file = Hostile.overwritten(m4a, box, after, value);
                    assertHarmless(write("x.m4a", file), box + " " + after + " " + value);
                }
            }
        }
        byte[] flac = seed(AudioFormat.FLAC);
        byte[] liar = flac.clone();
        System.arraycopy(Hostile.streamInfo(4096, 44_100, (1L << 36) - 1), 0, liar, 8, 18);
        assertRefused(write("x.flac", liar));
    }

    @Test
    void refusesWhatHasNoLength() throws Exception {
        assertRefused(write("x.flac", Arrays.copyOf(seed(AudioFormat.FLAC), 42)));
        assertRefused(write(
                "x.flac",
                Hostile.join(
                        Hostile.bytes("fLaC"),
                        new byte[] {(byte) 0x80, 0, 0, 34},
                        Hostile.streamInfo(4096, 44_100, 0))));
        assertRefused(write("x.ogg", Arrays.copyOf(seed(AudioFormat.OGG), 60)));
        assertRefused(write("x.wav", Hostile.wav(36, 0, 2, 44_100, new byte[0])));
        assertRefused(write("x.m4a", Hostile.bytes("\0\0\0\u0018ftypM4A \0\0\0\0M4A mp42\0\0\0\u0008moov")));
    }

    @Test
    void saysWhichKindsItDoesNotTake() throws Exception {
        assertThat(assertRefused(write("x.mp3", Hostile.adts(200))).problem()).isEqualTo(Problem.UNSUPPORTED);
        assertThat(assertRefused(write("x.mp3", Hostile.bytes("FORM\0\0\1\0AIFFCOMM" + "\0".repeat(300))))
                        .problem())
                .isEqualTo(Problem.UNSUPPORTED);
        assertThat(assertRefused(write("x.mp3", Hostile.bytes("MThd\0\0\0\6\0\1\0\1\0\u0060MTrk" + "\0".repeat(99))))
                        .problem())
                .isEqualTo(Problem.UNSUPPORTED);
    }

    @Test
    void streamsBehindEachOtherDoNoHarm() throws Exception {
        byte[] one = seed(AudioFormat.OGG);
        Path mono = Signals.wav(folder.resolve("m.wav"), 16_000, 1, 2, SampleFormat.PCM16, Signals.sine(440, 0.5));
        Path other = folder.resolve("m.ogg");
        ffmpeg.encode(mono, other, AudioFormat.OGG, EncodeOptions.defaults(), Cancellation.NEVER);
        for (byte[] second : List.of(one, Files.readAllBytes(other), new byte[5000], Hostile.bytes("OggS"))) {
            Path file = write("x.ogg", Hostile.join(one, second, one));
            assertHarmless(file, "chain");
            MusicAnalysis heard = new MusicAnalysis();
            ffmpeg.listen(file, MusicAnalysis.SAMPLE_RATE, heard, Cancellation.NEVER);
            assertThat(heard.seconds()).isBetween(1.9, 6.5);
        }
    }

    @Test
    void truncatedAndFlippedFilesDoNoHarm() throws Exception {
        Random random = new Random(11);
        for (AudioFormat format : AudioFormat.values()) {
            byte[] good = seed(format);
            for (int i = 0; i < 4; i++) {
                assertHarmless(write("x", Arrays.copyOf(good, 1 + random.nextInt(good.length))), format + " cut " + i);
                assertHarmless(write("x", Hostile.mutated(good, random)), format + " hurt " + i);
            }
        }
    }

    @Test
    void aChildThatWantsMoreThanItMayIsEnded() throws Exception {
        AudioSettings defaults = AudioSettings.defaults();
        AudioSettings tight = new AudioSettings(
                null,
                null,
                defaults.maxDuration(),
                8,
                192_000,
                Duration.ofMinutes(2),
                Duration.ofSeconds(1),
                org.springframework.util.unit.DataSize.ofMegabytes(300),
                org.springframework.util.unit.DataSize.ofKilobytes(64));
        ChildProcess child = new ChildProcess(tight);
        // time of the processor, and what ends it where we do not live that long
        assertThatThrownBy(() -> run(child, "while :; do :; done"))
                .isInstanceOf(ChildProcess.TooMuchWorkException.class);
        assertThat(run(child, "ulimit -t").stdout().strip()).isEqualTo("6");
        // output: XFSZ
        Path out = folder.resolve("out");
        assertThat(run(child, "exec head -c 10000000 /dev/zero > '" + out + "'").exit())
                .isEqualTo(128 + 25);
        assertThat(out).hasSize(64 * 1024);
        // memory: none for a block of a gigabyte
        assertThat(run(child, "exec dd if=/dev/zero of=/dev/null bs=1G count=1").exit())
                .isNotZero();
        assertThat(run(child, "exec dd if=/dev/zero of=/dev/null bs=1M count=1").exit())
                .isZero();
        // its output does not fill ours
        ChildProcess.Ended loud = run(child, "exec head -c 50000000 /dev/zero");
        assertThat(loud.exit()).isZero();
        assertThat(loud.overflow()).isTrue();
        assertThat(loud.stdout()).hasSize(100);
        // and it sees nothing of our environment
        assertThat(run(child, "env | wc -l").stdout().strip()).isIn("3", "4", "5", "6");
    }

    @Test
    void listeningEndsWhereItsListenerFails() throws Exception {
        Path file = seeds.resolve("encoded.mp3");
        assertThatThrownBy(() -> ffmpeg.listen(
                        file,
                        44_100,
                        (samples, count) -> {
                            throw new IllegalStateException("enough");
                        },
                        Cancellation.NEVER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }

    /** Seeded: the same thousand each time. */
    @Test
    @Tag("nightly")
    void aThousandInjuredFilesDoNoHarm() throws Exception {
        byte[] frames = Hostile.join(
                Hostile.id3Frame("TIT2", Hostile.bytes("\0Title")), Hostile.picture(Hostile.png(300, 300)));
        List<byte[]> originals = new ArrayList<>();
        for (AudioFormat format : AudioFormat.values()) {
            originals.add(seed(format));
        }
        originals.add(Hostile.join(Hostile.id3(frames.length, frames), mp3()));
        originals.add(Hostile.flacComments(seed(AudioFormat.FLAC), 20, "value"));
        originals.add(Hostile.join(seed(AudioFormat.OGG), seed(AudioFormat.OGG)));
        Map<String, Integer> ends = new TreeMap<>();
        long longest = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] file = Hostile.mutated(originals.get(i % originals.size()), new Random(i));
            long began = System.nanoTime();
            ends.merge(assertHarmless(write("x", file), "seed " + i), 1, Integer::sum);
            longest = Math.max(longest, System.nanoTime() - began);
        }
        System.out.println("mutated files: " + ends + ", longest " + longest / 1_000_000 + " ms");
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
        assertThat(ASKED).hasValue(0);
    }

    /** Goes the whole way of an upload, whatever its probe says; how it ended. */
    private String assertHarmless(Path file, String what) {
        String end = "taken";
        try {
            ffmpeg.probe(file);
        } catch (UndecodableAudioException e) {
            assertReason(e);
            end = "refused as " + e.problem();
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(what, e);
        }
        try {
            MusicAnalysis analysis = new MusicAnalysis();
            Loudness loudness = ffmpeg.listen(file, MusicAnalysis.SAMPLE_RATE, analysis, Cancellation.NEVER);
            assertThat(analysis.seconds()).as(what).isCloseTo(loudness.durationSeconds(), within(1e-6));
            analysis.beatsPerMinute();
            analysis.key();
            coverOf(file);
        } catch (UndecodableAudioException e) {
            assertReason(e);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(what, e);
        }
        return end;
    }

    private boolean coverOf(Path file) throws UndecodableAudioException, IOException {
        Path picture = folder.resolve("cover");
        if (!ffmpeg.takePicture(file, picture)) {
            return false;
        }
        try {
            ffmpeg.shrinkToJpeg(picture, folder.resolve("cover.jpg"), 1000, 50_000_000);
            return true;
        } catch (UndecodableImageException e) {
            return false;
        }
    }

    private static UndecodableAudioException assertRefused(Path file) {
        UndecodableAudioException refusal =
                catchThrowableOfType(UndecodableAudioException.class, () -> ffmpeg.probe(file));
        assertThat(refusal).isNotNull();
        assertReason(refusal);
        return refusal;
    }

    private static void assertReason(UndecodableAudioException refusal) {
        assertThat(refusal.reason()).endsWith(".").doesNotContain("/", "ffmpeg", "Exception");
    }

    private static ChildProcess.Ended run(ChildProcess child, String script) throws IOException {
        return child.run(Path.of("/bin/sh"), List.of("-c", script), 100, Duration.ofMinutes(2), Cancellation.NEVER);
    }

    private static byte[] seed(AudioFormat format) throws IOException {
        return Files.readAllBytes(seeds.resolve("encoded." + format.word()));
    }

    private static byte[] mp3() throws IOException {
        return Hostile.untagged(seed(AudioFormat.MP3));
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
