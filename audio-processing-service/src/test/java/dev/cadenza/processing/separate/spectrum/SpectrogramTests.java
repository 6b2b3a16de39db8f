package dev.cadenza.processing.separate.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.processing.separate.Signals;
import dev.cadenza.processing.separate.Work;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectrogramTests {

    @ParameterizedTest
    @CsvSource({
        "SQRT_HANN,1,20000",
        "SQRT_HANN,2,20000",
        "HANN,2,12345",
        "HANN,1,1",
        "SQRT_HANN,2,63",
        "SQRT_HANN,1,4097"
    })
    void aMaskOfOnesGivesTheSoundBack(Spectrogram.Window window, int channels, int length) {
        float[][] sound = Signals.music(1, 44_100, channels);
        Spectrogram spectrogram = Spectrogram.of(sound, length, 44_100, 1024, 44_100, window, Work.UNWATCHED);
        float[][] mask = new float[spectrogram.frames()][spectrogram.bins()];
        for (float[] frame : mask) {
            Arrays.fill(frame, 1);
        }
        float[][][] masks = new float[channels][][];
        Arrays.fill(masks, mask);
        float[][] back = spectrogram.masked(masks, length, Work.UNWATCHED);
        for (int c = 0; c < channels; c++) {
            assertThat(back[c]).hasSize(length);
            for (int i = 0; i < length; i++) {
                assertThat(back[c][i]).isCloseTo(sound[c][i], within(2e-6f));
            }
        }
    }

    @Test
    void aToneOfOneChannelShowsAtItsPlaceAndNotInTheOther() {
        float[][] sound = new float[2][8192];
        for (int i = 0; i < 8192; i++) {
            sound[1][i] = (float) Math.cos(2 * Math.PI * 100 * i / 1024.0);
        }
        Spectrogram s = Spectrogram.of(sound, 8192, 44_100, 1024, 44_100, Spectrogram.Window.HANN, Work.UNWATCHED);
        int t = 10;
        assertThat(Math.hypot(s.re(1)[t][100], s.im(1)[t][100])).isCloseTo(256, within(0.1));
        assertThat(Math.hypot(s.re(1)[t][103], s.im(1)[t][103])).isLessThan(0.1);
        assertThat(Math.hypot(s.re(0)[t][100], s.im(0)[t][100])).isLessThan(0.01);
        assertThat(s.binHz()).isCloseTo(43.07, within(0.01));
    }
}
