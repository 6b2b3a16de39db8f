package dev.cadenza.generation.model.builtin;

import dev.cadenza.generation.compose.Brief;
import dev.cadenza.generation.compose.Composer;
import dev.cadenza.generation.compose.MidiFile;
import dev.cadenza.generation.compose.Programs;
import dev.cadenza.generation.model.ModelDescription;
import dev.cadenza.generation.model.Models;
import dev.cadenza.generation.model.MusicModel;
import dev.cadenza.generation.model.MusicModel.ComposedSong.SongFile;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Score;
import dev.cadenza.generation.prompt.PromptReader;
import dev.cadenza.generation.render.SongRenderer;
import dev.cadenza.generation.render.SongRenderer.Rendered;
import dev.cadenza.generation.render.SoundFont;
import dev.cadenza.platform.audio.AudioFormat;
import dev.cadenza.platform.audio.Cancellation;
import dev.cadenza.platform.audio.EncodeOptions;
import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.platform.audio.Loudness;
import dev.cadenza.platform.audio.UndecodableAudioException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/** Composes by rules, plays with a SoundFont, encodes with FFmpeg. */
public final class BuiltinComposer implements MusicModel {

    private final SongRenderer renderer;
    private final Ffmpeg ffmpeg;

    /** Plays with this SoundFont. */
    public BuiltinComposer(SoundFont font, Ffmpeg ffmpeg) {
        this.renderer = new SongRenderer(font);
        this.ffmpeg = ffmpeg;
    }

    @Override
    public ModelDescription description() {
        return Models.COMPOSER;
    }

    @Override
    public ComposedSong compose(SongOrder order, Path folder, Watch watch) throws IOException {
        watch.progress(1, "composing");
        watch.check();
        Brief brief = PromptReader.read(order.wish());
        Score score = Composer.compose(brief);
        watch.progress(5, "rendering");
        Path wav = folder.resolve("song.wav");
        int bitDepth = order.quality().bitDepth();
        Rendered rendered = renderer.render(
                score,
                wav,
                folder,
                bitDepth,
                order.quality().fine(),
                order.stems(),
                watch::check,
                share -> watch.progress(5 + (int) (share * 65), "rendering"));
        watch.progress(70, "encoding");
        List<SongFile> files = new ArrayList<>();
        int done = 0;
        for (SongFormat format : order.formats()) {
            watch.check();
            files.add(file(score, order, format, wav, folder, watch));
            watch.progress(70 + 20 * ++done / order.formats().size(), "encoding");
        }
        watch.progress(90, "measuring");
        Loudness loudness = measured(wav, watch);
        double lufs = loudness.integratedLufs().orElse(rendered.integratedLufs());
        double peak = loudness.truePeakDbtp().orElse(SongRenderer.PEAK);
        return new ComposedSong(
                description().name(),
                description().version(),
                order.wish().seed(),
                score.genre(),
                brief.mood().word(),
                score.tempo(),
                score.key().word(),
                score.meter().word(),
                (double) rendered.frames() / SongRenderer.SAMPLE_RATE,
                score.parts().stream()
                        .map(BuiltinComposer::instrument)
                        .distinct()
                        .toList(),
                sections(score),
                lufs,
                peak,
                Metrics.of(score, lufs, peak, rendered.limitedDb()),
                files,
                rendered.stems(),
                List.of());
    }

    private SongFile file(Score score, SongOrder order, SongFormat format, Path wav, Path folder, Watch watch)
            throws IOException {
        Path path = folder.resolve("song." + format.extension());
        int bitDepth = order.quality().bitDepth();
        int rate = SongRenderer.SAMPLE_RATE;
        AudioFormat audio = format.audio().orElse(null);
        if (audio == null) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                MidiFile.write(score, out);
            }
            return new SongFile(format, path, null, null, null, MidiFile.trackCount(score));
        }
        if (audio != AudioFormat.WAV) {
            EncodeOptions options = EncodeOptions.defaults()
                    .withBitrate(order.quality().bitrateKbps())
                    .withBitDepth(bitDepth)
                    .withTag("title", score.title())
                    .withTag("genre", score.genre())
                    .withTag(
                            "comment",
                            description().name() + " " + description().version());
            guarded(watch, cancellation -> ffmpeg.encode(wav, path, audio, options, cancellation));
        }
        return audio.lossless()
                ? new SongFile(format, path, bitDepth, rate, null, null)
                : new SongFile(
                        format,
                        path,
                        null,
                        audio == AudioFormat.OGG ? sampleRate(path) : rate,
                        order.quality().bitrateKbps(),
                        null);
    }

    /** Without a Vorbis encoder Ogg holds Opus, which knows 48 kHz only. */
    private int sampleRate(Path path) throws IOException {
        try {
            return ffmpeg.probe(path).sampleRate();
        } catch (UndecodableAudioException e) {
            throw new IOException("what was encoded cannot be read", e);
        }
    }

    private Loudness measured(Path wav, Watch watch) throws IOException {
        Loudness[] found = new Loudness[1];
        guarded(watch, cancellation -> {
            try {
                found[0] = ffmpeg.loudness(wav, cancellation);
            } catch (UndecodableAudioException e) {
                throw new IOException("what was rendered cannot be read", e);
            }
        });
        return found[0];
    }

    private interface Step {
        void run(Cancellation cancellation) throws IOException;
    }

    /** A child process ends when the work is not wanted any more, and says so as everything else here does. */
    private static void guarded(Watch watch, Step step) throws IOException {
        try {
            step.run(() -> {
                try {
                    watch.check();
                    return false;
                } catch (RuntimeException e) {
                    return true;
                }
            });
        } catch (CancellationException e) {
            watch.check();
            throw new IOException("encoding was cut off", e);
        }
    }

    private static String instrument(Part part) {
        return part.isKit() ? "Drums" : Programs.name(part.program());
    }

    private static List<ComposedSong.Section> sections(Score score) {
        double bar = score.meter().beats();
        return score.sections().stream()
                .map(section -> new ComposedSong.Section(
                        section.kind().name().toLowerCase(Locale.ROOT),
                        round(score.seconds(section.firstBar() * bar)),
                        round(score.seconds(section.endBar() * bar))))
                .toList();
    }

    private static double round(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
