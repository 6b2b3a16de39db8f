package dev.cadenza.platform.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.platform.audio.UndecodableAudioException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegTests {

    private static Ffmpeg ffmpeg;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        ffmpeg = Ffmpeg.open(AudioSettings.defaults());
    }

    @ParameterizedTest
    @CsvSource({"MP3, mp3", "WAV, pcm_s16le", "FLAC, flac", "OGG, opus|vorbis", "M4A, aac"})
    void probesWhatItEncoded(AudioFormat format, String codecs) throws Exception {
        Path file = encoded(
                format,
                3,
                EncodeOptions.defaults().withTag("title", "Ö \"x\" = y").withTag("artist", "A"));
        AudioInfo info = ffmpeg.probe(file);
        assertThat(info.format()).isEqualTo(format.word());
        assertThat(codecs.split("\\|")).contains(info.codec());
        assertThat(info.durationSeconds()).isCloseTo(3, within(0.08));
        assertThat(info.channels()).isEqualTo(2);
        assertThat(info.sampleRate()).isEqualTo(info.codec().equals("opus") ? 48_000 : 44_100);
        assertThat(info.bitrateKbps()).isBetween(20, 1500);
        assertThat(info.tags()).containsEntry("artist", "A").containsEntry("title", "Ö \"x\" = y");
    }

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void decodesWhatItEncoded(AudioFormat format) throws Exception {
        Path raw = folder.resolve("out.f32");
        ffmpeg.decode(encoded(format, 3, EncodeOptions.defaults()), raw, 44_100, 2, Cancellation.NEVER);
        try (RawReader reader = RawReader.open(raw, 2)) {
            assertThat(reader.frames()).isBetween(132_200L, 136_000L);
            float[] samples = new float[(int) reader.frames() * 2];
            assertThat(reader.read(samples, 0, (int) reader.frames())).isEqualTo((int) reader.frames());
            // a sine of amplitude 0.5 has an RMS of 0.354; LAME takes off 0.26 dB to be safe from clipping
            assertThat(rms(samples)).isCloseTo(0.3536, within(0.012));
        }
    }

    @ParameterizedTest
    @CsvSource({"WAV, 16", "WAV, 24", "WAV, 32", "FLAC, 16", "FLAC, 24"})
    void losslessFormatsKeepEveryFrame(AudioFormat format, int bits) throws Exception {
        Path raw = folder.resolve("in.f32");
        float[] samples = new float[2 * 50_000];
        Random random = new Random(7);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (random.nextInt(1 << 15) - (1 << 14)) / 32_768f;
        }
        try (RawWriter writer = RawWriter.create(raw, 2)) {
            writer.write(samples, 0, 50_000);
        }
        Path file = folder.resolve("x." + format.word());
        ffmpeg.encode(
                raw, file, format, EncodeOptions.defaults().fromRaw(44_100, 2).withBitDepth(bits), Cancellation.NEVER);
        Path back = folder.resolve("back.f32");
        ffmpeg.decode(file, back, 44_100, 2, Cancellation.NEVER);
        assertThat(back).hasSameBinaryContentAs(raw);
    }

    @Test
    void encodingIsRepeatable() throws Exception {
        Path wav = tone(1);
        for (AudioFormat format : AudioFormat.values()) {
            Path one = folder.resolve("1." + format.word());
            Path two = folder.resolve("2." + format.word());
            ffmpeg.encode(wav, one, format, EncodeOptions.defaults(), Cancellation.NEVER);
            ffmpeg.encode(wav, two, format, EncodeOptions.defaults(), Cancellation.NEVER);
            assertThat(two).hasSameBinaryContentAs(one);
        }
    }

    @ParameterizedTest
    // EBU Tech 3341 case 1: 1 kHz stereo at -23 dBFS peak is -23 LUFS; the same at -33 is -33
    @CsvSource({"-23, 48000", "-33, 48000", "-23, 44100", "-10, 32000"})
    void measuresAKnownLoudness(double level, int rate) throws Exception {
        Path wav = Signals.wav(
                folder.resolve("l.wav"), rate, 2, 20, SampleFormat.PCM24, Signals.sine(1000, Math.pow(10, level / 20)));
        Loudness loudness = ffmpeg.loudness(wav);
        assertThat(loudness.integratedLufs().orElseThrow()).isCloseTo(level, within(0.3));
        assertThat(loudness.truePeakDbtp().orElseThrow()).isCloseTo(level, within(0.3));
        assertThat(loudness.rangeLu()).isLessThan(0.5);
        assertThat(loudness.durationSeconds()).isCloseTo(20, within(0.01));
    }

    @Test
    void measuresARange() throws Exception {
        Path wav = Signals.wav(
                folder.resolve("r.wav"),
                48_000,
                2,
                40,
                SampleFormat.PCM16,
                t -> Signals.sine(1000, t < 20 ? 0.1 : 0.0316).applyAsDouble(t));
        // EBU Tech 3342 case 1: -20 then -30 dBFS is 10 LU
        assertThat(ffmpeg.loudness(wav).rangeLu()).isCloseTo(10, within(1.0));
    }

    @Test
    void silenceHasNoLoudness() throws Exception {
        Path wav = Signals.wav(folder.resolve("s.wav"), 44_100, 2, 5, SampleFormat.PCM16, t -> 0);
        Loudness loudness = ffmpeg.loudness(wav);
        assertThat(loudness.integratedLufs()).isEmpty();
        assertThat(loudness.truePeakDbtp()).isEmpty();
        assertThat(loudness.rangeLu()).isZero();
    }

    @Test
    void loudnessOfSomethingVeryShortIsAnAnswerToo() throws Exception {
        Path wav = Signals.wav(folder.resolve("s.wav"), 44_100, 1, 0.05, SampleFormat.PCM16, t -> 0.5);
        assertThat(ffmpeg.loudness(wav).integratedLufs()).isEmpty();
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertRefused(Files.createFile(folder.resolve("empty.mp3")), Problem.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dear sir, this is a letter and not a song. ID3 RIFF fLaC OggS",
                "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nhttp://127.0.0.1:9/secret\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile /etc/passwd\n",
                "<html><script>alert(1)</script></html>",
                "x"
            })
    void refusesTextWhateverItsName(String text) throws IOException {
        assertRefused(Files.writeString(folder.resolve("song.mp3"), text), Problem.UNSUPPORTED);
    }

    @Test
    void refusesNoise() throws IOException {
        byte[] noise = new byte[200_000];
        new Random(3).nextBytes(noise);
        assertRefused(Files.write(folder.resolve("noise.mp3"), noise), Problem.UNSUPPORTED);
    }

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void refusesNoiseBehindAGoodBeginning(AudioFormat format) throws Exception {
        byte[] good = Files.readAllBytes(encoded(format, 5, EncodeOptions.defaults()));
        byte[] noise = new byte[good.length];
        new Random(3).nextBytes(noise);
        System.arraycopy(good, 0, noise, 0, 60);
        if (format == AudioFormat.WAV) {
            return; // any bytes are samples there
        }
        Path file = Files.write(folder.resolve("half." + format.word()), noise);
        assertThatThrownBy(() -> ffmpeg.probe(file)).isInstanceOf(UndecodableAudioException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = AudioFormat.class,
            names = {"MP3", "WAV", "FLAC", "M4A"})
    void refusesATruncatedFile(AudioFormat format) throws Exception {
        Path whole = encoded(format, 10, EncodeOptions.defaults());
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half." + format.word()), Arrays.copyOf(bytes, bytes.length / 2));
        UndecodableAudioException refusal =
                catchThrowableOfType(UndecodableAudioException.class, () -> ffmpeg.probe(half));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem()).isIn(Problem.TRUNCATED, Problem.CORRUPT);
        Path stub = Files.write(folder.resolve("stub." + format.word()), Arrays.copyOf(bytes, 40));
        assertThatThrownBy(() -> ffmpeg.probe(stub)).isInstanceOf(UndecodableAudioException.class);
    }

    @Test
    void refusesAHeaderThatClaimsHoursOverNoData() throws Exception {
        assertRefused(Files.write(folder.resolve("liar.wav"), wavHeader(0x7FFF_0000, 2, 44_100)), Problem.EMPTY);
        byte[] little = Arrays.copyOf(wavHeader(1_000_000_000, 2, 44_100), 44 + 4000);
        assertRefused(Files.write(folder.resolve("liar2.wav"), little), Problem.TRUNCATED);
    }

    @Test
    void countsWhatIsThereWhereTheHeaderCannotKnow() throws Exception {
        // written to a pipe: the size is the largest number
        byte[] streamed = Arrays.copyOf(wavHeader(-1, 2, 44_100), 44 + 4 * 44_100);
        AudioInfo info = ffmpeg.probe(Files.write(folder.resolve("piped.wav"), streamed));
        assertThat(info.durationSeconds()).isCloseTo(1, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"9, 44100", "200, 44100", "2, 384000", "0, 44100", "2, 0"})
    void refusesImpossibleShapes(int channels, int rate) throws Exception {
        byte[] bytes = Arrays.copyOf(wavHeader(200_000, channels, rate), 44 + 200_000);
        Path file = Files.write(folder.resolve("shape.wav"), bytes);
        assertThatThrownBy(() -> ffmpeg.probe(file)).isInstanceOf(UndecodableAudioException.class);
    }

    @Test
    void refusesMoreThanTheLongestDuration() throws Exception {
        AudioSettings tight = new AudioSettings(
                null,
                null,
                Duration.ofSeconds(2),
                8,
                192_000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                AudioSettings.defaults().memory(),
                AudioSettings.defaults().maxOutput());
        Path wav = tone(5);
        UndecodableAudioException refusal = catchThrowableOfType(
                UndecodableAudioException.class, () -> Ffmpeg.open(tight).probe(wav));
        assertThat(refusal.problem()).isEqualTo(Problem.BEYOND_LIMITS);
    }

    @Test
    void takesAnMp3BehindACoverPicture() throws Exception {
        byte[] mp3 = Files.readAllBytes(encoded(AudioFormat.MP3, 2, EncodeOptions.defaults()));
        int audio = 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9]);
        byte[] picture = new byte[70_000]; // larger than what is searched for a first frame; no real picture either
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
        AudioInfo info = ffmpeg.probe(Files.write(folder.resolve("cover.mp3"), tagged.array()));
        assertThat(info.durationSeconds()).isCloseTo(2, within(0.08));
        assertThat(ffmpeg.loudness(folder.resolve("cover.mp3")).integratedLufs())
                .isPresent();
    }

    @Test
    void namesAreNeverOptionsOrAddresses() throws Exception {
        for (String name : new String[] {"-y.wav", "http:x.wav", "a'b\"c $(x);.wav", "ü 音.wav"}) {
            Path file = Signals.wav(folder.resolve(name), 8000, 1, 1, SampleFormat.PCM16, Signals.sine(440, 0.5));
            assertThat(ffmpeg.probe(file).durationSeconds()).isCloseTo(1, within(0.01));
        }
    }

    @Test
    void aTimeoutEndsTheChild() throws Exception {
        Ffmpeg hasty = Ffmpeg.open(AudioSettings.defaults().withWallTimeout(Duration.ofMillis(300)));
        Path wav = longWav();
        assertThatThrownBy(() -> hasty.encode(
                        wav, folder.resolve("o.flac"), AudioFormat.FLAC, EncodeOptions.defaults(), Cancellation.NEVER))
                .isInstanceOf(FfmpegFailedException.class);
        assertNoChildOn("o.flac");
        assertThat(folder.resolve("o.flac")).doesNotExist();
    }

    @Test
    void aCancellationEndsTheChildAndItsOutput() throws Exception {
        Path wav = longWav();
        Path out = folder.resolve("c.flac");
        AtomicBoolean began = new AtomicBoolean();
        Cancellation onceItWrites = () -> {
            began.compareAndSet(false, Files.exists(out));
            return began.get();
        };
        assertThatThrownBy(() -> ffmpeg.encode(wav, out, AudioFormat.FLAC, EncodeOptions.defaults(), onceItWrites))
                .isInstanceOf(CancellationException.class);
        assertThat(began).isTrue();
        assertNoChildOn("c.flac");
        assertThat(out).doesNotExist();
    }

    @Test
    void anInterruptEndsTheChild() throws Exception {
        Path wav = longWav();
        Path out = folder.resolve("i.flac");
        AtomicBoolean failed = new AtomicBoolean();
        Thread worker = Thread.ofPlatform().start(() -> {
            try {
                ffmpeg.encode(wav, out, AudioFormat.FLAC, EncodeOptions.defaults(), () -> {
                    if (Files.exists(out)) {
                        Thread.currentThread().interrupt();
                    }
                    return false;
                });
            } catch (IOException e) {
                failed.set(true);
            }
        });
        worker.join(Duration.ofSeconds(60));
        assertThat(failed).isTrue();
        assertNoChildOn("i.flac");
    }

    @ParameterizedTest
    @CsvSource({
        "ffprobe, kill -KILL $$",
        "ffprobe, kill -XCPU $$",
        "ffprobe, exec sleep 60",
        "ffmpeg, kill -KILL $$",
        "ffmpeg, kill -XCPU $$",
        "ffmpeg, exec sleep 60"
    })
    void aKilledOrLateProbeDoesNotCondemnTheAudio(String program, String end) throws Exception {
        Ffmpeg unlucky = Ffmpeg.open(withProgramsThatEnd(program, end));
        Path wav = tone(1);
        assertThatThrownBy(() -> unlucky.probe(wav)).isInstanceOf(FfmpegFailedException.class);
    }

    @Test
    void aProbeThatWasAskedToEndDoesNotCondemnTheAudio() throws Exception {
        String program = FfmpegProgram.locate(AudioSettings.defaults()).ffmpeg().toString();
        // reads as slowly as one listens
        String asked = "'" + program + "' -re \"$@\" & child=$!; sleep 1; kill $child; wait $child; exit $?";
        Ffmpeg unlucky = Ffmpeg.open(withProgramsThatEnd("ffmpeg", asked));
        Path wav = tone(50);
        assertThatThrownBy(() -> unlucky.probe(wav))
                .isInstanceOf(FfmpegFailedException.class)
                .hasMessageContaining("exit 255");
    }

    @Test
    void aProgramThatCrashesOnTheAudioCondemnsIt() throws Exception {
        Ffmpeg fragile = Ffmpeg.open(withProgramsThatEnd("ffprobe", "kill -SEGV $$"));
        assertRefused(fragile, tone(1), Problem.CORRUPT);
    }

    /** The real programs, of which one, asked to read a file, does {@code end} instead. */
    private AudioSettings withProgramsThatEnd(String program, String end) throws IOException {
        FfmpegProgram real = FfmpegProgram.locate(AudioSettings.defaults());
        for (Path original : new Path[] {real.ffmpeg(), real.ffprobe()}) {
            String name = String.valueOf(original.getFileName());
            Path script = Files.writeString(
                    folder.resolve(name),
                    "#!/bin/sh\n"
                            + (name.equals(program) ? "case \"$*\" in *file:*) " + end + ";; esac\n" : "")
                            + "exec \"" + original + "\" \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
        AudioSettings defaults = AudioSettings.defaults();
        Duration limit = end.startsWith("exec sleep") ? Duration.ofMillis(500) : Duration.ofMinutes(1);
        return new AudioSettings(
                folder.resolve("ffmpeg"),
                null,
                Duration.ofHours(1),
                8,
                192_000,
                limit,
                Duration.ofMinutes(1),
                defaults.memory(),
                defaults.maxOutput());
    }

    @Test
    void aMemoryLimitIsKept() throws Exception {
        AudioSettings tiny = new AudioSettings(
                null,
                null,
                Duration.ofHours(1),
                8,
                192_000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                org.springframework.util.unit.DataSize.ofMegabytes(20),
                AudioSettings.defaults().maxOutput());
        assertThatThrownBy(() -> Ffmpeg.open(tiny)).isInstanceOf(FfmpegFailedException.class);
    }

    @Test
    void anOutputLimitIsKept() throws Exception {
        AudioSettings small = new AudioSettings(
                null,
                null,
                Duration.ofHours(1),
                8,
                192_000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                AudioSettings.defaults().memory(),
                org.springframework.util.unit.DataSize.ofKilobytes(100));
        Ffmpeg limited = Ffmpeg.open(small);
        Path wav = tone(20);
        Path out = folder.resolve("big.f32");
        assertThatThrownBy(() -> limited.decode(wav, out, 44_100, 2, Cancellation.NEVER))
                .isInstanceOf(IOException.class);
        assertThat(out).doesNotExist();
    }

    @Test
    void theProgramNeedsNoDesktop() throws Exception {
        Path program = FfmpegProgram.locate(AudioSettings.defaults()).ffmpeg();
        Path library = program.resolveSibling("libavdevice.so.62");
        if (Files.exists(library)) {
            Process loader = new ProcessBuilder("/bin/sh", "-c", "LD_TRACE_LOADED_OBJECTS=1 '" + program + "'")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(loader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("libavdevice")
                    .doesNotContain("libX11", "libpulse", "libasound", "libxcb", "not found");
        }
    }

    @Test
    void severalProcessesMayUnpackAtOnce() throws Exception {
        Path cache = folder.resolve("cache");
        AudioSettings fresh = new AudioSettings(
                null,
                cache,
                Duration.ofHours(1),
                8,
                192_000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                AudioSettings.defaults().memory(),
                AudioSettings.defaults().maxOutput());
        AtomicBoolean failed = new AtomicBoolean();
        Thread[] openers = new Thread[3];
        for (int i = 0; i < openers.length; i++) {
            openers[i] = Thread.ofPlatform().start(() -> {
                try {
                    FfmpegProgram.locate(fresh);
                } catch (IOException e) {
                    failed.set(true);
                }
            });
        }
        for (Thread opener : openers) {
            opener.join();
        }
        assertThat(failed).isFalse();
        try (var left = Files.list(cache)) {
            assertThat(left).hasSizeLessThanOrEqualTo(1);
        }
        // a damaged copy is replaced
        Path program = FfmpegProgram.locate(fresh).ffmpeg();
        Files.write(program, new byte[3]);
        assertThat(Files.size(FfmpegProgram.locate(fresh).ffmpeg())).isGreaterThan(1000);
    }

    private static void assertRefused(Path file, Problem problem) {
        assertRefused(ffmpeg, file, problem);
    }

    private static void assertRefused(Ffmpeg by, Path file, Problem problem) {
        UndecodableAudioException refusal = catchThrowableOfType(UndecodableAudioException.class, () -> by.probe(file));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem()).isEqualTo(problem);
        assertThat(refusal.reason()).endsWith(".").doesNotContain("/", "ffmpeg", "Exception");
    }

    private void assertNoChildOn(String file) {
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(child -> child.info().commandLine().orElse("").contains(file)))
                .isEmpty();
    }

    private Path tone(double seconds) throws IOException {
        return Signals.wav(folder.resolve("tone.wav"), 44_100, 2, seconds, SampleFormat.PCM16, Signals.sine(440, 0.5));
    }

    private Path encoded(AudioFormat format, double seconds, EncodeOptions options) throws IOException {
        Path file = folder.resolve("encoded." + format.word());
        ffmpeg.encode(tone(seconds), file, format, options, Cancellation.NEVER);
        return file;
    }

    /** So much that encoding it takes seconds: a sparse file of silence. */
    private Path longWav() throws IOException {
        Path file = folder.resolve("long.wav");
        Files.write(file, wavHeader(1_900_000_000, 2, 44_100));
        try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[4]), 44 + 1_900_000_000L - 4);
        }
        return file;
    }

    private static byte[] wavHeader(int dataSize, int channels, int rate) {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(dataSize == -1 ? -1 : dataSize + 36);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        header.putShort((short) channels).putInt(rate).putInt(rate * channels * 2);
        header.putShort((short) (channels * 2)).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataSize);
        return header.array();
    }

    private static double rms(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }
}
