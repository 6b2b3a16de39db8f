package dev.cadenza.platform.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MusicAnalysisTests {

    private static final String[] NAMES = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};

    @ParameterizedTest
    @ValueSource(doubles = {60, 67.5, 75, 83, 90, 100, 111.1, 120, 128, 140, 152, 160, 174, 180})
    void hearsTheTempoOfBeatsThatAreAllAlike(double bpm) {
        assertThat(new Band(20, 1).clicks(bpm).heard().beatsPerMinute().orElseThrow())
                .isCloseTo(bpm, within(bpm * 0.004));
        assertThat(new Band(20, 1)
                        .clicks(bpm)
                        .noise(0.1)
                        .heard()
                        .beatsPerMinute()
                        .orElseThrow())
                .isCloseTo(bpm, within(bpm * 0.004));
    }

    @ParameterizedTest
    @ValueSource(doubles = {80, 90, 100, 110, 120, 133.3, 145})
    void hearsTheTempoOfABand(double bpm) {
        assertThat(new Band(24, 2)
                        .drums(bpm)
                        .bass(bpm, 55)
                        .noise(0.02)
                        .heard()
                        .beatsPerMinute()
                        .orElseThrow())
                .isCloseTo(bpm, within(bpm * 0.004));
    }

    @ParameterizedTest
    @ValueSource(doubles = {60, 65, 70, 160, 170, 180})
    void takesAnExtremeTempoForItselfOrAnOctaveOfIt(double bpm) {
        double heard = new Band(24, 3)
                .drums(bpm)
                .bass(bpm, 55)
                .heard()
                .beatsPerMinute()
                .orElseThrow();
        assertThat(List.of(0.5, 1.0, 2.0)).anyMatch(octave -> Math.abs(heard / (bpm * octave) - 1) < 0.004);
    }

    @Test
    void aTempoIsHeardHoweverLongTheAudioIs() {
        assertThat(new Band(8, 4).clicks(104).heard().beatsPerMinute().orElseThrow())
                .isCloseTo(104, within(1.0));
        assertThat(new Band(180, 4).clicks(104).heard().beatsPerMinute().orElseThrow())
                .isCloseTo(104, within(0.4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 35, -40})
    void hearsAllKeysAlsoOutOfTune(double cents) {
        List<String> wrong = new ArrayList<>();
        for (int tonic = 0; tonic < 12; tonic++) {
            for (boolean minor : new boolean[] {false, true}) {
                String key = NAMES[tonic] + (minor ? " minor" : " major");
                String heard = new Band(16, tonic)
                        .chords(tonic, minor, cents)
                        .heard()
                        .key()
                        .orElse("none");
                if (!heard.equals(key)) {
                    wrong.add(key + " as " + heard);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void hearsNeitherWhereThereIsNone() {
        for (long seed = 0; seed < 3; seed++) {
            for (Band band : List.of(
                    new Band(30, seed),
                    new Band(30, seed).noise(0.3),
                    new Band(30, seed).hum(440),
                    new Band(30, seed).speech(),
                    new Band(30, seed).speech().noise(0.01))) {
                MusicAnalysis heard = band.heard();
                assertThat(heard.beatsPerMinute()).isEmpty();
                assertThat(heard.key()).isEmpty();
            }
        }
        assertThat(new Band(2, 1).clicks(120).heard().beatsPerMinute()).isEmpty();
        assertThat(new Band(2, 1).chords(0, false, 0).heard().key()).isEmpty();
        assertThat(new Band(0, 1).heard().beatsPerMinute()).isEmpty();
        assertThat(new Band(0, 1).heard().key()).isEmpty();
        assertThat(new Band(20, 1).clicks(100).heard().key()).isEmpty();
    }

    @Test
    void drawsShortAudioExactly() throws IOException {
        MusicAnalysis analysis = new MusicAnalysis();
        short[] block = new short[100];
        block[3] = Short.MIN_VALUE;
        block[5] = Short.MAX_VALUE;
        block[70] = 256;
        block[99] = -256;
        analysis.accept(block, 100);
        JsonNode json = peaks(analysis);
        assertThat(json.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("version", "channels", "sample_rate", "samples_per_pixel", "bits", "length", "data");
        assertThat(json.path("version").asInt()).isEqualTo(2);
        assertThat(json.path("channels").asInt()).isEqualTo(1);
        assertThat(json.path("sample_rate").asInt()).isEqualTo(44_100);
        assertThat(json.path("samples_per_pixel").asInt()).isEqualTo(64);
        assertThat(json.path("bits").asInt()).isEqualTo(8);
        assertThat(json.path("length").asInt()).isEqualTo(2);
        assertThat(json.path("data")).map(JsonNode::asInt).containsExactly(-128, 127, -1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 127_999, 128_000, 128_001, 128_064, 256_001, 5_000_000, 60_000_000})
    void drawsAnyLengthInABoundedNumberOfPixels(int samples) throws IOException {
        MusicAnalysis analysis = new MusicAnalysis();
        short[] block = new short[100_000];
        for (int done = 0; done < samples; ) {
            int count = Math.min(block.length, samples - done);
            java.util.Arrays.fill(block, (short) 0);
            if (done + count == samples) {
                block[count - 1] = 25_600;
            }
            analysis.accept(block, count);
            done += count;
        }
        JsonNode json = peaks(analysis);
        int length = json.path("length").asInt();
        long perPixel = json.path("samples_per_pixel").asLong();
        assertThat(json.path("data")).hasSize(2 * length);
        assertThat(length).isLessThanOrEqualTo(2000);
        assertThat(length).isEqualTo((int) ((samples + perPixel - 1) / perPixel));
        if (samples > 200_000) {
            assertThat(length).isGreaterThanOrEqualTo(1000);
        }
        if (samples > 0) {
            assertThat(json.path("data").get(2 * length - 1).asInt()).isEqualTo(100);
        }
        assertThat(analysis.seconds()).isCloseTo(samples / 44_100.0, within(1e-9));
    }

    private static JsonNode peaks(MusicAnalysis analysis) throws IOException {
        StringWriter text = new StringWriter();
        analysis.writePeaks(text);
        return JsonMapper.shared().readTree(text.toString());
    }
}
