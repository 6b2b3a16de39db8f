package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "song.mp3 | song.mp3",
                "../../etc/passwd | passwd",
                "C:\\music\\a \"quoted\" name.wav | a \"quoted\" name.wav",
                ".. | ''",
                ". | ''",
                "a/ | ''",
                "Ærøskøbing – été.flac | Ærøskøbing – été.flac"
            })
    void keepsTheLastSegmentOfAFileName(String sent, String kept) {
        assertThat(Uploads.baseName(sent)).isEqualTo(kept);
    }

    @Test
    void dropsControlAndDirectionCharactersAndCutsLongNames() {
        assertThat(Uploads.baseName("a\u0000b\r\nc\u202Egpj.mp3")).isEqualTo("abcgpj.mp3");
        assertThat(Uploads.baseName("x".repeat(5_000))).hasSize(255);
        assertThat(Uploads.baseName("🎵".repeat(300))
                        .codePointCount(0, Uploads.baseName("🎵".repeat(300)).length()))
                .isEqualTo(255);
    }

    @Test
    void deletesOnlyItsOwnFilesThatWereAbandoned(@TempDir Path folder) throws IOException {
        Instant before = Instant.parse("2026-01-02T00:00:00Z");
        Path abandoned = file(folder, "cadenza-upload-1.part", before.minusSeconds(1));
        Path current = file(folder, "cadenza-upload-2.part", before.plusSeconds(1));
        Path foreign = file(folder, "other-3.part", before.minusSeconds(1));
        Path below =
                file(Files.createDirectory(folder.resolve("below")), "cadenza-upload-4.part", before.minusSeconds(1));
        Uploads.deleteAbandoned(folder, before);
        Uploads.deleteAbandoned(folder.resolve("missing"), before);
        assertThat(abandoned).doesNotExist();
        assertThat(current).exists();
        assertThat(foreign).exists();
        assertThat(below).exists();
    }

    private static Path file(Path folder, String name, Instant modified) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "x");
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
