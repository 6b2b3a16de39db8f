package dev.cadenza.catalog.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HlsPlaylistTests {

    @ParameterizedTest
    @CsvSource({"0.01, 1", "1, 1", "6.3, 1", "6.5, 2", "10, 2", "64, 11", "243.7, 39", "21600, 3376"})
    void countsTheSegmentsOfTheAudioAndOfTheEncodersFirstFrame(double seconds, int segments) {
        assertThat(HlsPlaylist.segments(seconds)).isEqualTo(segments);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 1, 6.4, 6.5, 61.234, 243.7})
    void theSegmentsTogetherAreAsLongAsTheAudio(double seconds) {
        String playlist = HlsPlaylist.media(seconds, HlsPlaylist.segments(seconds), "");
        BigDecimal sum = playlist.lines()
                .filter(line -> line.startsWith("#EXTINF:"))
                .map(line -> new BigDecimal(line.substring(8, line.length() - 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        // no segment can be shorter than a millisecond
        assertThat(sum.doubleValue()).isBetween(seconds - 0.0006, seconds + 0.002);
        assertThat(playlist).endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void everyAddressCarriesTheSignature() {
        assertThat(HlsPlaylist.media(10, 2, "?signature=x").lines().filter(line -> !line.startsWith("#")))
                .containsExactly("0.m4s?signature=x", "1.m4s?signature=x");
        assertThat(HlsPlaylist.media(10, 2, "?signature=x")).contains("#EXT-X-MAP:URI=\"init.mp4?signature=x\"");
        assertThat(HlsPlaylist.master("?signature=x").lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "128/index.m3u8?signature=x", "64/index.m3u8?signature=x", "256/index.m3u8?signature=x");
    }

    @Test
    void knowsItsRungsAlone() {
        assertThat(HlsPlaylist.rung("64")).hasValue(64);
        assertThat(HlsPlaylist.rung("064")).isEmpty();
        assertThat(HlsPlaylist.rung("../64")).isEmpty();
    }
}
