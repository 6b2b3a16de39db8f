package dev.cadenza.processing.separate.torchscript;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.RawReader;
import dev.cadenza.platform.audio.RawWriter;
import dev.cadenza.processing.separate.PcmAudio;
import dev.cadenza.processing.separate.Resampler;
import dev.cadenza.processing.separate.Separator;
import dev.cadenza.processing.separate.StemWriter;
import dev.cadenza.processing.separate.Stems;
import dev.cadenza.processing.separate.Stretches;
import dev.cadenza.processing.separate.Work;
import dev.cadenza.processing.separate.spectrum.Spectrogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An operator's TorchScript module as an engine: the voice is what the module says, the accompaniment what is left. The
 * module is loaded when it is first needed and stays.
 *
 * <p>A running computation of the module cannot be interrupted: the work ends after the segment.
 */
final class TorchScriptSeparator implements Separator, AutoCloseable {

    private final ModelManifest manifest;
    private final ModelSettings settings;
    private final Resampler resampler;
    private @Nullable Model model;

    TorchScriptSeparator(ModelManifest manifest, ModelSettings settings, Resampler resampler) {
        this.manifest = manifest;
        this.settings = settings;
        this.resampler = resampler;
    }

    @Override
    public String name() {
        return manifest.name();
    }

    @Override
    public String version() {
        return manifest.version();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(manifest.channels() == 2, manifest.licence());
    }

    @Override
    public Stems separate(PcmAudio song, Path directory, Work work) throws IOException {
        Model loaded = loaded();
        double context = manifest.segmentSeconds() / 10;
        Stretches stretches = new Stretches(manifest.segmentSeconds() - 3 * context, context, context);
        try (Predictor<NDList, NDList> predictor = loaded.newPredictor(new NoopTranslator());
                NDManager manager = loaded.getNDManager().newSubManager()) {
            Stretches.Voice voice = (samples, length, part) -> {
                part.check();
                float[][] found = find(predictor, manager, samples, length);
                part.progress(1);
                return found;
            };
            if (song.sampleRate() == manifest.sampleRate()) {
                return stretches.separate(song, directory, voice, work);
            }
            return resampled(song, directory, stretches, voice, work);
        }
    }

    private Stems resampled(PcmAudio song, Path directory, Stretches stretches, Stretches.Voice voice, Work work)
            throws IOException {
        Cancellation cancellation = cancellation(work);
        PcmAudio input =
                resampler.resample(song, manifest.sampleRate(), directory.resolve("model-input.f32"), cancellation);
        PcmAudio output =
                new PcmAudio(directory.resolve("model-output.f32"), manifest.sampleRate(), song.channels(), 32);
        try (RawWriter writer = RawWriter.create(output.file(), song.channels())) {
            stretches.run(
                    input, voice, (heard, estimate, frames) -> writer.write(estimate, 0, frames), work.part(0.05, 0.9));
        }
        Files.delete(input.file());
        PcmAudio estimate =
                resampler.resample(output, song.sampleRate(), directory.resolve("estimate.f32"), cancellation);
        Files.delete(output.file());
        Stems stems = subtracted(song, estimate, directory, work);
        Files.delete(estimate.file());
        return stems;
    }

    private static Stems subtracted(PcmAudio song, PcmAudio estimate, Path directory, Work work) throws IOException {
        int block = 65_536;
        float[] heard = new float[block * song.channels()];
        float[] voice = new float[block * song.channels()];
        try (RawReader songReader = song.open();
                RawReader voiceReader = estimate.open();
                StemWriter writer = StemWriter.create(song, directory)) {
            int frames = songReader.read(heard, 0, block);
            while (frames > 0) {
                work.check();
                Arrays.fill(voice, 0);
                int found = 0;
                while (found < frames) {
                    int now = voiceReader.read(voice, found * song.channels(), frames - found);
                    if (now < 0) {
                        break; // a few frames may be missing at the end
                    }
                    found += now;
                }
                writer.write(heard, voice, frames);
                frames = songReader.read(heard, 0, block);
            }
            work.progress(1);
            return writer.stems();
        }
    }

    private float[][] find(Predictor<NDList, NDList> predictor, NDManager manager, float[][] samples, int length)
            throws IOException {
        int channels = samples.length;
        if (channels == manifest.channels()) {
            return voice(predictor, manager, samples, length);
        }
        if (channels == 1) {
            float[][] both = voice(predictor, manager, new float[][] {samples[0], samples[0]}, length);
            float[] mean = new float[length];
            for (int i = 0; i < length; i++) {
                mean[i] = (both[0][i] + both[1][i]) / 2;
            }
            return new float[][] {mean};
        }
        return new float[][] {
            voice(predictor, manager, new float[][] {samples[0]}, length)[0],
            voice(predictor, manager, new float[][] {samples[1]}, length)[0]
        };
    }

    private float[][] voice(Predictor<NDList, NDList> predictor, NDManager manager, float[][] samples, int length)
            throws IOException {
        int segment = (int) Math.round(manifest.segmentSeconds() * manifest.sampleRate());
        float[][] padded = new float[samples.length][];
        for (int c = 0; c < samples.length; c++) {
            padded[c] = Arrays.copyOf(samples[c], Math.max(segment, length));
        }
        return switch (manifest.kind()) {
            case WAVEFORM -> waveform(predictor, manager, padded, length);
            case MASK -> masked(predictor, manager, padded, length);
        };
    }

    private float[][] waveform(Predictor<NDList, NDList> predictor, NDManager manager, float[][] samples, int length)
            throws IOException {
        int channels = samples.length;
        int count = samples[0].length;
        float[] flat = new float[channels * count];
        for (int c = 0; c < channels; c++) {
            System.arraycopy(samples[c], 0, flat, c * count, count);
        }
        Result result = compute(predictor, manager, flat, new Shape(1, channels, count));
        long[] shape = result.shape().getShape();
        int skip;
        if (Arrays.equals(shape, new long[] {1, channels, count})) {
            skip = 0;
        } else if (shape.length == 4
                && shape[0] == 1
                && shape[1] > manifest.stem()
                && shape[2] == channels
                && shape[3] == count) {
            skip = manifest.stem() * channels * count;
        } else {
            throw unexpected(result.shape());
        }
        float[][] voice = new float[channels][];
        for (int c = 0; c < channels; c++) {
            voice[c] = Arrays.copyOfRange(result.values(), skip + c * count, skip + c * count + length);
        }
        return voice;
    }

    private float[][] masked(Predictor<NDList, NDList> predictor, NDManager manager, float[][] samples, int length)
            throws IOException {
        int channels = samples.length;
        Spectrogram spectrogram = Spectrogram.of(
                samples,
                samples[0].length,
                manifest.sampleRate(),
                manifest.window(),
                manifest.sampleRate(),
                Spectrogram.Window.HANN,
                Work.UNWATCHED);
        int frames = spectrogram.frames();
        int bins = spectrogram.bins();
        float[] flat = new float[channels * bins * frames];
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < frames; t++) {
                for (int k = 0; k < bins; k++) {
                    float re = spectrogram.re(c)[t][k];
                    float im = spectrogram.im(c)[t][k];
                    flat[(c * bins + k) * frames + t] = (float) Math.sqrt(re * re + im * im);
                }
            }
        }
        Shape shape = new Shape(1, channels, bins, frames);
        Result result = compute(predictor, manager, flat, shape);
        if (!result.shape().equals(shape)) {
            throw unexpected(result.shape());
        }
        float[][][] masks = new float[channels][frames][bins];
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < frames; t++) {
                for (int k = 0; k < bins; k++) {
                    masks[c][t][k] = Math.clamp(result.values()[(c * bins + k) * frames + t], 0f, 1f);
                }
            }
        }
        return spectrogram.masked(masks, length, Work.UNWATCHED);
    }

    private record Result(Shape shape, float[] values) {}

    private Result compute(Predictor<NDList, NDList> predictor, NDManager manager, float[] input, Shape shape)
            throws IOException {
        try (NDArray array = manager.create(input, shape);
                NDList list = predictor.predict(new NDList(array))) {
            NDArray output = list.singletonOrThrow();
            return new Result(output.getShape(), output.toFloatArray());
        } catch (TranslateException | RuntimeException e) {
            throw new IOException("model " + name() + " failed", e);
        }
    }

    private IOException unexpected(Shape shape) {
        return new IOException("model " + name() + " gives " + shape + ", which its manifest does not say");
    }

    private synchronized Model loaded() throws IOException {
        if (model == null) {
            manifest.verify();
            TorchRuntime.prepare(settings);
            Model fresh = Model.newInstance(manifest.name(), TorchRuntime.ENGINE);
            try {
                fresh.load(
                        java.util.Objects.requireNonNull(manifest.file().getParent()),
                        manifest.file().getFileName().toString());
            } catch (MalformedModelException | IOException | RuntimeException e) {
                fresh.close();
                throw new IOException("model " + name() + " cannot be loaded", e);
            }
            model = fresh;
        }
        return model;
    }

    @Override
    public synchronized void close() {
        if (model != null) {
            model.close();
            model = null;
        }
    }

    private static Cancellation cancellation(Work work) {
        return () -> {
            try {
                work.check();
                return false;
            } catch (RuntimeException e) {
                return true;
            }
        };
    }
}
