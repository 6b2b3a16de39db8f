package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
}
