package dev.cadenza.generation.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.music.Score;
import dev.cadenza.generation.render.SongRenderer.Rendered;
import dev.cadenza.platform.audio.AudioInfo;
import dev.cadenza.platform.audio.Loudness;
import dev.cadenza.platform.audio.RawReader;
import dev.cadenza.platform.audio.WavReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SongRendererTests {

    @TempDir
    static Path folder;

    private static Score score;
    private static Path wav;
    private static Rendered rendered;
    private static final List<Double> PROGRESS = new ArrayList<>();

    @BeforeAll
    static void render() throws IOException {
        score = Wishes.score(Wishes.of("120 bpm E minor rock song with drums and bass"));
        wav = folder.resolve("song.wav");
        rendered = new SongRenderer(Sounds.font()).render(score, wav, folder, 16, false, true, () -> {}, PROGRESS::add);
    }

    @Test
    void isExactlyAsLongAsItShouldBe() throws Exception {
        AudioInfo info = Sounds.ffmpeg().probe(wav);
        assertThat(info.durationSeconds()).isCloseTo(30, within(0.001));
        assertThat(info.sampleRate()).isEqualTo(44_100);
        assertThat(info.channels()).isEqualTo(2);
        assertThat(rendered.frames()).isEqualTo(30 * 44_100);
    }

    @Test
    void hasTheLoudnessAndThePeaksOfAMaster() throws Exception {
        Loudness loudness = Sounds.ffmpeg().loudness(wav);
        assertThat(loudness.integratedLufs().orElseThrow()).isCloseTo(-14, within(0.5));
        assertThat(loudness.truePeakDbtp().orElseThrow()).isLessThanOrEqualTo(-1);
        // our own measurement agrees with FFmpeg's
        assertThat(rendered.integratedLufs())
                .isCloseTo(loudness.integratedLufs().orElseThrow(), within(0.15));
    }

    @Test
    void stemsAddUpToTheMix() throws IOException {
        float[] sum = new float[2 * 44_100];
        float[] block = new float[2 * 44_100];
        float[] mix = new float[2 * 44_100];
        assertThat(rendered.stems()).hasSameSizeAs(score.parts());
        try (RawReader whole = RawReader.open(folder.resolve("mix.raw"), 2)) {
            List<RawReader> stems = new ArrayList<>();
            for (Path stem : rendered.stems()) {
                stems.add(RawReader.open(stem, 2));
            }
            double difference = 0;
            while (whole.read(mix, 0, 44_100) > 0) {
                java.util.Arrays.fill(sum, 0);
                for (RawReader stem : stems) {
                    stem.read(block, 0, 44_100);
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += block[i];
                    }
                }
                for (int i = 0; i < sum.length; i++) {
                    difference = Math.max(difference, Math.abs(sum[i] - mix[i]));
                }
            }
            for (RawReader stem : stems) {
                stem.close();
            }
            assertThat(difference).isLessThan(1e-5);
        }
    }

    @Test
    void isHeardFromTheBeginningAndEndsInSilence() throws Exception {
        try (WavReader in = WavReader.open(wav)) {
            float[] second = new float[2 * 44_100];
            for (int i = 0; i < 29; i++) {
                in.read(second, 0, 44_100);
                assertThat(level(second, 0, 44_100)).as("second %d", i).isGreaterThan(0.005);
            }
            in.read(second, 0, 44_100);
            assertThat(level(second, 43_900, 44_100)).isLessThan(0.0005);
        }
    }

    @Test
    void isWideButStandsInTheMiddle() throws Exception {
        double left = 0;
        double right = 0;
        double side = 0;
        try (WavReader in = WavReader.open(wav)) {
            float[] block = new float[2 * 44_100];
            for (int n; (n = in.read(block, 0, 44_100)) > 0; ) {
                for (int i = 0; i < n; i++) {
                    left += block[2 * i] * block[2 * i];
                    right += block[2 * i + 1] * block[2 * i + 1];
                    double difference = (block[2 * i] - block[2 * i + 1]) / 2;
                    side += difference * difference;
                }
            }
        }
        assertThat(10 * Math.log10(left / right)).isBetween(-2.0, 2.0);
        assertThat(10 * Math.log10(side / (left + right))).isGreaterThan(-25);
    }

    @Test
    void theSameScoreMakesTheSameBytes() throws IOException {
        Path again = folder.resolve("again.wav");
        new SongRenderer(Sounds.font()).render(score, again, folder, 16, false, false, () -> {}, share -> {});
        assertThat(Files.mismatch(wav, again)).isEqualTo(-1);
    }

    @Test
    void progressNeverFalls() {
        assertThat(PROGRESS)
                .isSorted()
                .allMatch(share -> share >= 0 && share <= 1)
                .hasSizeGreaterThan(50);
    }

    @Test
    void stopsWhereItIsNotWantedAnyMore(@TempDir Path own) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> new SongRenderer(Sounds.font())
                        .render(
                                score,
                                own.resolve("song.wav"),
                                own,
                                16,
                                false,
                                false,
                                () -> {
                                    if (asked.incrementAndGet() > 20) {
                                        throw new IOException("called off");
                                    }
                                },
                                share -> {}))
                .hasMessage("called off");
        assertThat(asked.get()).isLessThan(25);
        try (Stream<Path> files = Files.list(own)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".wav"));
        }
    }

    private static double level(float[] block, int from, int to) {
        double sum = 0;
        for (int i = 2 * from; i < 2 * to; i++) {
            sum += block[i] * block[i];
        }
        return Math.sqrt(sum / (2.0 * (to - from)));
    }
}
