package dev.cadenza.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTests {

    @TempDir
    Path temporary;

    @Test
    void isMadeForItsOwnerOnlyAndFoundAgain() throws IOException {
        DataFolder folder = DataFolder.open(temporary.resolve("a/b"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.root())))
                .isEqualTo("rwx------");
        assertThat(DataFolder.open(temporary.resolve("a/b"))).isEqualTo(folder);
        folder.delete();
        assertThat(folder.root()).doesNotExist();
    }

    @Test
    void refusesAFolderOfSomebodyElse() throws IOException {
        Files.writeString(temporary.resolve("thesis.txt"), "years of work");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> DataFolder.open(temporary))
                .withMessageContaining("holds other things than Cadenza's");
        assertThat(DataFolder.isOne(temporary)).isFalse();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessageContaining("is a file");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> DataFolder.open(file.resolve("below")))
                .withMessageContaining("cannot be used");
    }

    @Test
    void saysThatTheDiskIsFull() {
        DataFolder folder = DataFolder.open(temporary.resolve("data"));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> folder.demandSpace(Long.MAX_VALUE))
                .withMessageMatching("The disk of .* is full: \\d+ MiB are free, \\d+ MiB are needed\\.");
    }

    @Test
    void sweepsWhatKilledProcessesLeftAndNothingElse() throws IOException {
        DataFolder folder = DataFolder.open(temporary.resolve("data"));
        Path upload = Files.writeString(folder.temporary().resolve("cadenza-upload-1.part"), "x");
        Path below = Files.createDirectories(folder.temporary().resolve("tomcat.1/work"));
        Path programs = Files.createDirectories(folder.cache().resolve("cadenza"));
        Path half = Files.createDirectories(programs.resolve("unpacking-123"));
        Files.writeString(half.resolve("ffmpeg"), "x");
        Path raw = Files.writeString(programs.resolve("soundfont123.raw"), "x");
        Path jar = Files.createDirectories(folder.cache().resolve("auth-service.part/lib"));
        Path whole = Files.createDirectories(programs.resolve("ffmpeg-0011aabb"));
        Path font = Files.writeString(programs.resolve("cadenza-gm-0011.sf2"), "x");
        folder.sweep();
        folder.sweep();
        assertThat(folder.temporary()).isEmptyDirectory();
        for (Path gone : new Path[] {upload, below, half, raw, jar.getParent()}) {
            assertThat(gone).doesNotExist();
        }
        assertThat(whole).exists();
        assertThat(font).exists();
    }

    @Test
    void keepsSecretsThatItMadeOnceForTheOwnerOnly() throws IOException {
        DataFolder folder = DataFolder.open(temporary.resolve("data"));
        Secrets first = Secrets.in(folder.secrets());
        Secrets second = Secrets.in(folder.secrets());
        assertThat(second.get("s3.secret-key"))
                .isEqualTo(first.get("s3.secret-key"))
                .hasSizeGreaterThan(30);
        assertThat(second.get("admin.password")).isEqualTo(first.get("admin.password"));
        assertThat(Secrets.accountFile(folder.secrets())).content().contains(first.get("admin.password"));
        try (var files = Files.list(folder.secrets())) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }
}
