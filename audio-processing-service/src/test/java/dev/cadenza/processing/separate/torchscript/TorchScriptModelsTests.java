package dev.cadenza.processing.separate.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.platform.audio.AudioSettings;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.processing.separate.PcmAudio;
import dev.cadenza.processing.separate.Resampler;
import dev.cadenza.processing.separate.Separator;
import dev.cadenza.processing.separate.Signals;
import dev.cadenza.processing.separate.Stems;
import dev.cadenza.processing.separate.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With real modules, made by {@code src/test/resources/models/make.py}. */
class TorchScriptModelsTests {

    private static final Path MODELS = Path.of("src", "test", "resources", "models");

    private static final Map<String, Separator> ENGINES = new HashMap<>();

    @TempDir
    Path folder;

    @Test
    void findsModelsByTheNamesOfTheirManifests() throws IOException {
        TorchScriptModels models = models(MODELS);
        assertThat(models.names()).containsExactly("tiny-centre", "tiny-halves");
        assertThat(models.find("htdemucs")).isEmpty();
        Separator centre = models.find("tiny-centre").orElseThrow();
        assertThat(centre.name()).isEqualTo("tiny-centre");
        assertThat(centre.version()).isEqualTo("1");
        assertThat(centre.capabilities()).isEqualTo(new Separator.Capabilities(true, "Apache-2.0"));
    }

    @Test
    void withoutAFolderThereAreNoModels() throws IOException {
        assertThat(new TorchScriptModels(new ModelSettings(null, null, 1), resampler()).names())
                .isEmpty();
        assertThat(models(folder.resolve("absent")).find("tiny-centre")).isEqualTo(Optional.empty());
    }

    @Test
    void aMaskModelTakesWhatItsMaskLeaves() throws IOException {
        float[][] song = new float[2][5 * 44_100];
        for (int i = 0; i < song[0].length; i++) {
            float middle = (float) (0.2 * Math.sin(2 * Math.PI * 500 * i / 44_100.0));
            song[0][i] = middle + (float) (0.2 * Math.sin(2 * Math.PI * 2_000 * i / 44_100.0));
            song[1][i] = middle + (float) (0.2 * Math.sin(2 * Math.PI * 5_000 * i / 44_100.0));
        }
        PcmAudio audio = Signals.write(folder.resolve("song"), song, 44_100, 32);
        Stems stems = engine("tiny-centre").separate(audio, folder, Work.UNWATCHED);
        float[][] vocals = Signals.read(stems.vocals());
        assertThat(level(vocals[0], 500)).isBetween(0.19, 0.21);
        assertThat(level(vocals[0], 2_000)).isLessThan(0.002);
        assertThat(level(vocals[1], 5_000)).isLessThan(0.002);
        float[][] rest = Signals.read(stems.accompaniment());
        assertThat(level(rest[0], 500)).isLessThan(0.01);
        assertThat(level(rest[0], 2_000)).isBetween(0.19, 0.21);
    }

    @ParameterizedTest
    @CsvSource({"44100,1", "44100,2", "48000,2", "22050,1"})
    void aWaveformModelTakesItsPartAtAnyRateAndTheSumStaysExact(int sampleRate, int channels) throws IOException {
        float[][] song = Signals.music(5.3, sampleRate, channels);
        PcmAudio audio = Signals.write(folder.resolve("song"), song, sampleRate, 16);
        Stems stems = engine("tiny-halves").separate(audio, folder, Work.UNWATCHED);
        float[][] vocals = Signals.read(stems.vocals());
        assertThat(Signals.sum(vocals, Signals.read(stems.accompaniment()))).isDeepEqualTo(song);
        // a quarter, sample by sample; at other rates less the little that resampling takes
        double found = Signals.siSdr(vocals, song);
        assertThat(found).isGreaterThan(sampleRate == 44_100 ? 50 : 15);
        assertThat(Signals.rms(vocals) / Signals.rms(song)).isBetween(0.23, 0.26);
    }

    @Test
    void anotherFileThanTheManifestSaysIsNotLoaded() throws IOException {
        Path model = copy("tiny-halves");
        Files.write(model.resolve("model.pt"), new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        assertThatThrownBy(() -> models(folder).find("tiny-halves"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");
        Files.delete(model.resolve("model.pt"));
        assertThatThrownBy(() -> models(folder).find("tiny-halves")).hasMessageContaining("no file");
    }

    @Test
    void aFileThatIsSwappedAfterTheStartIsNotLoadedEither() throws IOException {
        Path model = copy("tiny-halves");
        Separator engine = models(folder).find("tiny-halves").orElseThrow();
        Files.write(model.resolve("model.pt"), new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        PcmAudio audio = Signals.write(folder.resolve("song"), new float[1][100], 44_100, 32);
        assertThatThrownBy(() -> engine.separate(audio, folder, Work.UNWATCHED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void bytesThatAreNoModuleAreRefusedWithTheModelsName() throws IOException {
        Path model = copy("tiny-halves");
        Files.writeString(model.resolve("model.pt"), "no module");
        String manifest = Files.readString(model.resolve("manifest.json"));
        Files.writeString(
                model.resolve("manifest.json"),
                manifest.replaceFirst(
                        "\"[0-9a-f]{64}\"", "\"c9e3a6cd6f1f4c3d9a1d7c3e7f9cbb5a6ab8f9b1f0b1d0a0e0c0d0f0a0b0c0d0\""));
        assertThatThrownBy(() -> models(folder).find("tiny-halves")).hasMessageContaining("tiny-halves");
    }

    @Test
    void aModelThatGivesAnotherShapeFailsWithItsName() throws IOException {
        Path model = copy("tiny-halves");
        String manifest = Files.readString(model.resolve("manifest.json"));
        Files.writeString(model.resolve("manifest.json"), manifest.replace("\"stem\": 1", "\"stem\": 7"));
        Separator engine = models(folder).find("tiny-halves").orElseThrow();
        PcmAudio audio = Signals.write(folder.resolve("song"), new float[1][100], 44_100, 32);
        assertThatThrownBy(() -> engine.separate(audio, folder, Work.UNWATCHED))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tiny-halves");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"file\": \"../model.pt\"",
                "\"file\": \"\"",
                "\"name\": \"spectral\"",
                "\"name\": \"../x\"",
                "\"sha256\": \"12\"",
                "\"kind\": \"magic\"",
                "\"channels\": 9",
                "\"sample_rate\": 1",
                "\"segment_seconds\": 1000000",
                "\"licence\": \"\"",
                "\"format\": \"pickle\""
            })
    void aWrongManifestSaysWhichFieldIsWrong(String field) throws IOException {
        Path model = copy("tiny-halves");
        String name = field.substring(1, field.indexOf('"', 1));
        String manifest = Files.readString(model.resolve("manifest.json"));
        Files.writeString(
                model.resolve("manifest.json"),
                manifest.replaceFirst("\"" + name + "\": [^,\\n}]+", field.replace("\\", "\\\\")));
        assertThatThrownBy(() -> models(folder).find("tiny-halves"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void stopsBetweenSegments() throws IOException {
        PcmAudio audio = Signals.write(folder.resolve("song"), Signals.music(8, 44_100, 1), 44_100, 32);
        Separator engine = engine("tiny-halves");
        int[] checks = {0};
        assertThatThrownBy(() -> engine.separate(audio, folder, new Work() {
                    @Override
                    public void progress(double done) {}

                    @Override
                    public void check() {
                        if (++checks[0] > 5) {
                            throw new CancellationException();
                        }
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(checks[0]).isEqualTo(6);
    }

    private static double level(float[] sound, double hertz) {
        int from = sound.length / 4;
        int to = sound.length * 3 / 4;
        double re = 0;
        double im = 0;
        for (int i = from; i < to; i++) {
            re += sound[i] * Math.cos(2 * Math.PI * hertz * i / 44_100);
            im += sound[i] * Math.sin(2 * Math.PI * hertz * i / 44_100);
        }
        return 2 * Math.hypot(re, im) / (to - from);
    }

    private Path copy(String name) throws IOException {
        Path target = Files.createDirectory(folder.resolve(name));
        for (String file : new String[] {"manifest.json", "model.pt"}) {
            Files.copy(MODELS.resolve(name).resolve(file), target.resolve(file));
        }
        return target;
    }

    private static Separator engine(String name) throws IOException {
        Separator engine = ENGINES.get(name);
        if (engine == null) {
            engine = models(MODELS).find(name).orElseThrow();
            ENGINES.put(name, engine);
        }
        return engine;
    }

    @AfterAll
    static void unload() {
        ENGINES.values().forEach(engine -> ((TorchScriptSeparator) engine).close());
        ENGINES.clear();
    }

    private static TorchScriptModels models(Path directory) throws IOException {
        // unpacked once for all runs of the build
        return new TorchScriptModels(new ModelSettings(directory, Path.of("target", "torch"), 1), resampler());
    }

    private static Resampler resampler() throws IOException {
        return new Resampler(Ffmpeg.open(AudioSettings.defaults()));
    }
}
