package dev.cadenza.processing.file.inspection;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.processing.file.FileSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class FfmpegInspectorTests {

    @TempDir
    Path folder;

    @Test
    void asksToTryAgainWhereTheProgramWasKilled() throws Exception {
        program("ffmpeg", "exit 0");
        program("ffprobe", "kill -KILL $$");
        AudioSettings defaults = AudioSettings.defaults();
        Ffmpeg ffmpeg = Ffmpeg.open(new AudioSettings(
                folder.resolve("ffmpeg"),
                null,
                defaults.maxDuration(),
                defaults.maxChannels(),
                defaults.maxSampleRate(),
                defaults.wallTimeout(),
                defaults.cpuTimeout(),
                defaults.memory(),
                defaults.maxOutput()));
        FfmpegInspector inspector = new FfmpegInspector(
                ffmpeg,
                new FileSettings(
                        DataSize.ofMegabytes(1), 1, new FileSettings.Sweep(Duration.ofHours(1), Duration.ofHours(1))));
        Path song = Files.writeString(folder.resolve("song.flac"), "fLaC" + "\0".repeat(100));
        try {
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(() -> inspector.inspect(song).block(Duration.ofSeconds(30)))
                    .extracting(FailureException::failure, InstanceOfAssertFactories.type(Failure.class))
                    .isInstanceOf(Failure.Unavailable.class);
        } finally {
            inspector.close();
        }
    }

    private void program(String name, String script) throws Exception {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
