package dev.cadenza.processing.separate.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.processing.separate.PcmAudio;
import dev.cadenza.processing.separate.Signals;
import dev.cadenza.processing.separate.Stems;
import dev.cadenza.processing.separate.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpectralSeparatorTests {

    @TempDir
    Path folder;

    private final SpectralSeparator separator = new SpectralSeparator();

    static Stream<Arguments> songs() {
        float[][] dc = new float[2][30_000];
        float[][] clipped = new float[2][60_000];
        for (int i = 0; i < 60_000; i++) {
            clipped[0][i] = (i / 50) % 2 == 0 ? -1 : 32_767 / 32_768f;
            clipped[1][i] = (i / 70) % 2 == 0 ? -1 : 32_767 / 32_768f;
        }
        Arrays.fill(dc[0], 0.5f);
        Arrays.fill(dc[1], -0.25f);
        return Stream.of(
                Arguments.of("stereo", Signals.music(4, 44_100, 2), 44_100),
                Arguments.of("mono", Signals.music(4, 44_100, 1), 44_100),
                Arguments.of("one sample", new float[][] {{0.5f}}, 44_100),
                Arguments.of("one frame of stereo", new float[][] {{0.5f}, {-0.5f}}, 48_000),
                Arguments.of("two milliseconds", Signals.music(0.002, 44_100, 2), 44_100),
                Arguments.of("silence", new float[2][50_000], 44_100),
                Arguments.of("DC", dc, 44_100),
                Arguments.of("full scale", clipped, 44_100),
                Arguments.of("8 kHz", Signals.music(3, 8_000, 1), 8_000),
                Arguments.of("192 kHz", Signals.music(1, 192_000, 2), 192_000),
                Arguments.of("three stretches", Signals.music(58, 8_000, 2), 8_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("songs")
    void bothPartsAreAsLongAsTheSongAndAddUpToItExactly(String what, float[][] song, int sampleRate)
            throws IOException {
        PcmAudio audio = Signals.write(folder.resolve("song"), song, sampleRate, 16);
        Stems stems = separator.separate(audio, folder, Work.UNWATCHED);
        float[][] vocals = Signals.read(stems.vocals());
        float[][] rest = Signals.read(stems.accompaniment());
        assertThat(stems.vocals().sampleRate()).isEqualTo(sampleRate);
        assertThat(vocals.length).isEqualTo(song.length);
        for (int c = 0; c < song.length; c++) {
            assertThat(vocals[c]).hasSameSizeAs(song[c]);
            assertThat(rest[c]).hasSameSizeAs(song[c]);
            for (int i = 0; i < song[c].length; i++) {
                if (vocals[c][i] + rest[c][i] != song[c][i] || Math.abs(vocals[c][i]) > 1 || Math.abs(rest[c][i]) > 1) {
                    throw new AssertionError("frame " + i + ": " + vocals[c][i] + " and " + rest[c][i]);
                }
            }
        }
    }

    @Test
    void silenceStaysSilent() throws IOException {
        PcmAudio audio = Signals.write(folder.resolve("song"), new float[2][100_000], 44_100, 32);
        Stems stems = separator.separate(audio, folder, Work.UNWATCHED);
        assertThat(Signals.rms(Signals.read(stems.vocals()))).isZero();
        assertThat(Signals.rms(Signals.read(stems.accompaniment()))).isZero();
    }

    @Test
    void aSteadyOffsetIsNoVoice() throws IOException {
        float[][] dc = new float[1][44_100];
        Arrays.fill(dc[0], 0.5f);
        Stems stems = separator.separate(Signals.write(folder.resolve("song"), dc, 44_100, 32), folder, Work.UNWATCHED);
        float[] vocals = Signals.read(stems.vocals())[0];
        // away from the ends, where it begins and stops
        float[][] middle = {Arrays.copyOfRange(vocals, 8_192, 44_100 - 8_192)};
        assertThat(Signals.rms(middle)).isLessThan(0.001);
    }

    @Test
    void whatIsNotANumberHarmsOnlyItself() throws IOException {
        float[][] song = Signals.music(2, 44_100, 2);
        song[0][50_000] = Float.NaN;
        song[1][60_000] = Float.POSITIVE_INFINITY;
        Stems stems =
                separator.separate(Signals.write(folder.resolve("song"), song, 44_100, 32), folder, Work.UNWATCHED);
        for (float[] channel : Signals.read(stems.vocals())) {
            for (float value : channel) {
                assertThat(Float.isFinite(value)).isTrue();
            }
        }
    }

    @Test
    void theSameSongGivesTheSameBytes() throws IOException {
        PcmAudio audio = Signals.write(folder.resolve("song"), Signals.music(3, 22_050, 2), 22_050, 32);
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Stems one = separator.separate(audio, first, Work.UNWATCHED);
        Stems two = separator.separate(audio, second, Work.UNWATCHED);
        assertThat(one.vocals().file()).hasSameBinaryContentAs(two.vocals().file());
        assertThat(one.accompaniment().file())
                .hasSameBinaryContentAs(two.accompaniment().file());
    }

    @Test
    void stretchesMeetWithoutASeam() throws IOException {
        // a tone that the mask treats alike everywhere: a seam would show as a step
        float[][] song = Signals.music(58, 8_000, 1);
        PcmAudio audio = Signals.write(folder.resolve("song"), song, 8_000, 32);
        float[] vocals =
                Signals.read(separator.separate(audio, folder, Work.UNWATCHED).vocals())[0];
        float usual = 0;
        for (int i = 5 * 8_000; i < 20 * 8_000; i++) {
            usual = Math.max(usual, Math.abs(vocals[i] - vocals[i - 1]));
        }
        for (int i = 23 * 8_000; i < 25 * 8_000; i++) {
            assertThat(Math.abs(vocals[i] - vocals[i - 1])).isLessThan(usual * 1.5f);
        }
    }

    @Test
    void progressNeverFallsAndReachesTheEnd() throws IOException {
        List<Double> heard = new ArrayList<>();
        PcmAudio audio = Signals.write(folder.resolve("song"), Signals.music(58, 8_000, 1), 8_000, 32);
        separator.separate(audio, folder, new Work() {
            @Override
            public void progress(double done) {
                heard.add(done);
            }

            @Override
            public void check() {}
        });
        assertThat(heard).isSorted().hasSizeGreaterThan(8);
        assertThat(heard.getFirst()).isBetween(0.0, 0.2);
        assertThat(heard.getLast()).isBetween(0.9, 1.0);
    }

    @Test
    void stopsAtOnceWhereverItIs() throws IOException {
        PcmAudio audio = Signals.write(folder.resolve("song"), Signals.music(3, 22_050, 2), 22_050, 32);
        AtomicInteger all = new AtomicInteger();
        separator.separate(audio, folder, stoppingAfter(Integer.MAX_VALUE, all));
        // a check for every frame or column of every step
        assertThat(all.get()).isGreaterThan(1_000);
        for (int after = 1; after < all.get(); after += all.get() / 20) {
            AtomicInteger checks = new AtomicInteger();
            int limit = after;
            assertThatThrownBy(() -> separator.separate(audio, folder, stoppingAfter(limit, checks)))
                    .isInstanceOf(CancellationException.class);
            assertThat(checks.get()).isEqualTo(limit);
        }
    }

    private static Work stoppingAfter(int limit, AtomicInteger checks) {
        return new Work() {
            @Override
            public void progress(double done) {}

            @Override
            public void check() {
                if (checks.incrementAndGet() >= limit) {
                    throw new CancellationException();
                }
            }
        };
    }
}
