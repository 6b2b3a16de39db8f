package dev.cadenza.catalog.track.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.track.Inspector.Measurement;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.FfmpegFailedException;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** A program in FFmpeg's place that is killed, or takes too long. */
class FfmpegInspectorTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path song;

    @BeforeEach
    void song() throws IOException {
        song = Files.write(folder.resolve("song"), TestAudio.wav());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -KILL $$", "kill -TERM $$", "exit 255"})
    void whatIsEndedFromOutsideIsNobodysFault(String end) throws Exception {
        assertThatThrownBy(() -> measured(programs(end), Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Unavailable.class));
    }

    @Test
    void whatExceedsItsLimitsIsAFailure() throws Exception {
        assertThatThrownBy(() -> measured(programs("exec sleep 60"), Duration.ofMillis(500)))
                .hasRootCauseInstanceOf(FfmpegFailedException.class);
    }

    @Test
    void findsEverythingOfAnAudioFileAndCleansUpBehindItself() throws Exception {
        song = Files.write(folder.resolve("song"), TestAudio.withPicture(TestAudio.png(64, 64)));
        List<Path> files = new ArrayList<>();
        FfmpegInspector inspector = inspector(AudioSettings.defaults());
        try {
            List<Double> heard = new ArrayList<>();
            inspector
                    .measure(
                            song,
                            heard::add,
                            found -> Mono.fromRunnable(() -> {
                                Measurement.Measured measured = (Measurement.Measured) found;
                                files.add(measured.waveform());
                                if (measured.cover() != null) {
                                    files.add(measured.cover().artwork());
                                    files.add(measured.cover().thumbnail());
                                }
                                assertThat(files)
                                        .hasSize(3)
                                        .allSatisfy(file -> assertThat(file).isNotEmptyFile());
                            }))
                    .block(PATIENCE);
            assertThat(heard.getLast()).isBetween(2.9, 3.1);
            assertThat(files).hasSize(3).allSatisfy(file -> assertThat(file).doesNotExist());
        } finally {
            inspector.close();
        }
    }

    @Test
    void aFileThatIsNoAudioIsUnusable() throws Exception {
        song = Files.writeString(folder.resolve("song"), "Dear sir");
        assertThat(measured(AudioSettings.defaults(), Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        Measurement.Unusable.class,
                        it -> assertThat(it.reason()).endsWith("."));
    }

    private Measurement measured(AudioSettings settings, Duration limit) throws IOException {
        FfmpegInspector inspector = inspector(settings.withWallTimeout(limit));
        try {
            return inspector
                    .measure(song, seconds -> {}, Mono::just)
                    .blockOptional(PATIENCE)
                    .orElseThrow();
        } finally {
            inspector.close();
        }
    }

    private static FfmpegInspector inspector(AudioSettings settings) throws IOException {
        return new FfmpegInspector(
                Ffmpeg.open(settings),
                new TrackSettings(
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(1),
                        PATIENCE,
                        1,
                        new TrackSettings.Analysis(1, PATIENCE, PATIENCE),
                        new TrackSettings.Sweep(PATIENCE, PATIENCE)));
    }

    /** Programs that start as FFmpeg does and end like this once they are given a file. */
    private AudioSettings programs(String end) throws IOException {
        for (String name : List.of("ffmpeg", "ffprobe")) {
            Path script = Files.writeString(
                    folder.resolve(name), "#!/bin/sh\ncase \"$*\" in *file:*) " + end + ";; esac\nexit 0\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
        AudioSettings defaults = AudioSettings.defaults();
        return new AudioSettings(
                folder.resolve("ffmpeg"),
                null,
                defaults.maxDuration(),
                defaults.maxChannels(),
                defaults.maxSampleRate(),
                defaults.wallTimeout(),
                defaults.cpuTimeout(),
                defaults.memory(),
                defaults.maxOutput());
    }
}
