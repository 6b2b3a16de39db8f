package dev.cadenza.generation.render;

import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Role;
import dev.cadenza.generation.music.Score;
import dev.cadenza.platform.audio.RawReader;
import dev.cadenza.platform.audio.RawWriter;
import dev.cadenza.platform.audio.SampleFormat;
import dev.cadenza.platform.audio.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Renders a score: each part by its own player, through its own room, at the level of its role; the mix is the sum of
 * these stems; the master is the mix at a fixed loudness below a fixed peak. Blocks of a fifth of a second go through,
 * so a long song needs no more memory than a short one.
 */
public final class SongRenderer {

    /** Samples a second of everything that is rendered. */
    public static final int SAMPLE_RATE = PartPlayer.SAMPLE_RATE;

    /** Loudness of a master, LUFS. */
    public static final double LOUDNESS = -14;

    /** Highest true peak of a master, dBTP; aimed at with some distance. */
    public static final double PEAK = -1;

    private static final double AIMED_PEAK = -1.3;
    private static final int BLOCK = 8_820;
    private static final double SOUNDCHECK_SECONDS = 12;
    private static final double LOUDEST_PART = 0.65;
    private static final double LOUDEST_KIT = 1;
    private static final int KICK = 36;
    private static final Set<String> PUMPING = Set.of("house", "techno", "trance", "electronic", "synthwave");

    private final SoundFont font;

    /** Plays with this SoundFont. */
    public SongRenderer(SoundFont font) {
        this.font = font;
    }

    /** Tells that the work is not wanted any more. */
    public interface Watch {
        /** Called a few times a second; whatever it throws ends the rendering. */
        void check() throws IOException;
    }

    /**
     * What was made.
     *
     * @param integratedLufs measured on the master
     * @param gainDb applied to the mix before the limiter
     * @param limitedDb deepest gain reduction of the limiter, 0 or negative
     * @param stems files of the parts, in their order, raw float32 stereo; empty unless asked for
     */
    public record Rendered(long frames, double integratedLufs, double gainDb, double limitedDb, List<Path> stems) {}

    /**
     * Renders to {@code wav}.
     *
     * @param folder for temporary files and, if {@code keepStems}, the stems and {@code mix.raw}
     * @param bitDepth 16 or 24
     * @param fine better and slower interpolation
     * @param progress told 0 to 1
     */
    public Rendered render(
            Score score,
            Path wav,
            Path folder,
            int bitDepth,
            boolean fine,
            boolean keepStems,
            Watch watch,
            DoubleConsumer progress)
            throws IOException {
        long frames = Math.round(score.durationSeconds() * SAMPLE_RATE);
        Path mix = folder.resolve("mix.raw");
        List<Path> stemFiles = new ArrayList<>();
        OptionalDouble loudness = mix(
                score,
                mix,
                folder,
                fine,
                keepStems ? stemFiles : null,
                frames,
                watch,
                share -> progress.accept(share * 0.85));
        Rendered mastered =
                master(mix, wav, frames, bitDepth, loudness, watch, share -> progress.accept(0.85 + 0.15 * share));
        if (!keepStems) {
            Files.deleteIfExists(mix);
        }
        return new Rendered(
                mastered.frames(),
                mastered.integratedLufs(),
                mastered.gainDb(),
                mastered.limitedDb(),
                List.copyOf(stemFiles));
    }

    private OptionalDouble mix(
            Score score,
            Path mix,
            Path folder,
            boolean fine,
            @Nullable List<Path> stemFiles,
            long frames,
            Watch watch,
            DoubleConsumer progress)
            throws IOException {
        List<Stem> stems = new ArrayList<>();
        List<RawWriter> writers = new ArrayList<>();
        LoudnessMeter meter = new LoudnessMeter(SAMPLE_RATE);
        try (RawWriter out = RawWriter.create(mix, 2)) {
            for (Part part : score.parts()) {
                watch.check();
                stems.add(new Stem(score, part, gain(score, part, watch), fine));
                if (stemFiles != null) {
                    Path file = folder.resolve("stem-" + stemFiles.size() + ".raw");
                    stemFiles.add(file);
                    writers.add(RawWriter.create(file, 2));
                }
            }
            Ending ending = new Ending(score, frames);
            float[] sum = new float[2 * BLOCK];
            float[] block = new float[2 * BLOCK];
            for (long at = 0; at < frames; at += BLOCK) {
                watch.check();
                int count = (int) Math.min(BLOCK, frames - at);
                java.util.Arrays.fill(sum, 0);
                for (int i = 0; i < stems.size(); i++) {
                    stems.get(i).read(block, count, at);
                    ending.apply(block, count, at);
                    for (int n = 0; n < 2 * count; n++) {
                        sum[n] += block[n];
                    }
                    if (!writers.isEmpty()) {
                        writers.get(i).write(block, 0, count);
                    }
                }
                out.write(sum, 0, count);
                meter.add(sum, count);
                progress.accept((double) (at + count) / frames);
            }
        } finally {
            stems.forEach(Stem::close);
            for (RawWriter writer : writers) {
                writer.close();
            }
        }
        return meter.integrated();
    }

    // ---- levels ----

    /** Plays the busiest seconds of the part alone and finds the gain that brings them to the level of the role. */
    private double gain(Score score, Part part, Watch watch) throws IOException {
        double from = busiest(score, part);
        LoudnessMeter meter = new LoudnessMeter(SAMPLE_RATE);
        float[] block = new float[2 * BLOCK];
        float peak = 0;
        try (PartPlayer player = new PartPlayer(font, score, part, from, from + SOUNDCHECK_SECONDS, false)) {
            for (int i = 0; i < SOUNDCHECK_SECONDS * SAMPLE_RATE / BLOCK; i++) {
                watch.check();
                player.read(block, BLOCK);
                meter.add(block, BLOCK);
                for (float sample : block) {
                    peak = Math.max(peak, Math.abs(sample));
                }
            }
        }
        OptionalDouble measured = meter.integrated();
        double db = measured.isEmpty() ? 0 : Math.clamp(level(part) - measured.getAsDouble(), -18, 24);
        // a few hard hits are loud enough before their average is
        return Math.min(Math.pow(10, db / 20), peak == 0 ? 1 : (part.isKit() ? LOUDEST_KIT : LOUDEST_PART) / peak);
    }

    private static double level(Part part) {
        boolean distorted = part.program() == 29 || part.program() == 30;
        return switch (part.role()) {
            case MELODY -> -19;
            case DRUMS -> -19;
            case BASS -> -21;
            case CHORDS -> distorted ? -21.5 : -22.5;
            case CHORDS_TWO -> distorted ? -21.5 : -25;
            case HARMONY -> -26;
            case PAD -> -27;
            case ARPEGGIO -> -26;
        };
    }

    private static double busiest(Score score, Part part) {
        double best = 0;
        double most = -1;
        for (double from = 0; from < Math.max(1, score.durationSeconds() - SOUNDCHECK_SECONDS); from += 4) {
            double start = from;
            double weight = part.notes().stream()
                    .filter(n ->
                            score.seconds(n.beat()) >= start && score.seconds(n.beat()) < start + SOUNDCHECK_SECONDS)
                    .mapToDouble(n -> Math.min(4, n.length()) * n.velocity() * n.velocity())
                    .sum();
            if (weight > most) {
                most = weight;
                best = from;
            }
        }
        return best;
    }

    /** One part on its way to the mix. */
    private final class Stem implements AutoCloseable {

        private final PartPlayer player;
        private final Room room;
        private final @Nullable Widener widener;
        private final @Nullable Pump pump;
        private final Biquad[] floor;
        private final float gain;

        Stem(Score score, Part part, double gain, boolean fine) throws IOException {
            this.player = new PartPlayer(font, score, part, 0, Double.MAX_VALUE, fine);
            this.room = new Room(part.room(), SAMPLE_RATE);
            boolean wide = part.role() == Role.PAD
                    || part.role() == Role.ARPEGGIO
                    || part.program() == 4
                    || part.role() == Role.HARMONY
                    || part.role() == Role.MELODY && part.program() >= 80 && part.program() < 100;
            this.widener =
                    wide && !part.isKit() ? new Widener(part.role() == Role.PAD ? 0.55 : 0.35, SAMPLE_RATE) : null;
            boolean pumped = PUMPING.contains(score.genre())
                    && Set.of(Role.PAD, Role.CHORDS, Role.ARPEGGIO, Role.BASS).contains(part.role());
            this.pump = pumped ? Pump.of(score) : null;
            double cut = part.role() == Role.BASS || part.isKit() ? 28 : part.role() == Role.CHORDS ? 60 : 90;
            this.floor = new Biquad[] {Biquad.highPass(SAMPLE_RATE, cut), Biquad.highPass(SAMPLE_RATE, cut)};
            this.gain = (float) gain;
        }

        void read(float[] block, int frames, long at) throws IOException {
            player.read(block, frames);
            for (int n = 0; n < 2 * frames; n++) {
                block[n] = (float) floor[n % 2].next(block[n] * gain);
            }
            if (widener != null) {
                widener.add(block, frames);
            }
            room.add(block, frames);
            if (pump != null) {
                pump.apply(block, frames, at);
            }
        }

        @Override
        public void close() {
            player.close();
        }
    }

    /** Makes room for the bass drum, from the score and not from the sound, so that stems still add up. */
    private static final class Pump {

        private final long[] kicks;
        private final int length = SAMPLE_RATE / 4;
        private int next;

        private Pump(long[] kicks) {
            this.kicks = kicks;
        }

        static @Nullable Pump of(Score score) {
            long[] kicks = score.parts().stream()
                    .filter(Part::isKit)
                    .flatMap(part -> part.notes().stream())
                    .filter(note -> note.pitch() == KICK)
                    .mapToLong(note -> Math.round(score.seconds(note.beat()) * SAMPLE_RATE))
                    .sorted()
                    .toArray();
            return kicks.length == 0 ? null : new Pump(kicks);
        }

        void apply(float[] block, int frames, long at) {
            for (int n = 0; n < frames; n++) {
                while (next + 1 < kicks.length && kicks[next + 1] <= at + n) {
                    next++;
                }
                long since = at + n - kicks[next];
                if (since >= 0 && since < length) {
                    double share = (double) since / length;
                    float gain = (float) (0.4 + 0.6 * Math.sqrt(share) * share);
                    gain = since < 200 ? 1 - (1 - gain) * since / 200f : gain;
                    block[2 * n] *= gain;
                    block[2 * n + 1] *= gain;
                }
            }
        }
    }

    /** Lets the last chord ring out: a fade to silence that ends with the song. */
    private static final class Ending {

        private final long start;
        private final long frames;

        Ending(Score score, long frames) {
            Note last = score.parts().stream()
                    .flatMap(part -> part.notes().stream())
                    .reduce((a, b) -> b.beat() > a.beat() ? b : a)
                    .orElse(new Note(0, 1, 60, 1));
            double chord = score.seconds(last.beat());
            double ring = Math.max(0.2, score.durationSeconds() - chord);
            // the chord is left alone for a moment, then goes
            this.start = Math.max(0, Math.round((chord + 0.35 * ring) * SAMPLE_RATE));
            this.frames = frames;
        }

        void apply(float[] block, int count, long at) {
            if (at + count <= start) {
                return;
            }
            double length = Math.max(1, frames - start);
            for (int n = 0; n < count; n++) {
                double share = Math.clamp((at + n - start) / length, 0, 1);
                float gain = (float) Math.pow(Math.cos(share * Math.PI / 2), 1.6);
                block[2 * n] *= gain;
                block[2 * n + 1] *= gain;
            }
        }
    }

    // ---- master ----

    private static Rendered master(
            Path mix,
            Path wav,
            long frames,
            int bitDepth,
            OptionalDouble loudness,
            Watch watch,
            DoubleConsumer progress)
            throws IOException {
        double gainDb = loudness.isEmpty() ? 0 : LOUDNESS - loudness.getAsDouble();
        double limited = 0;
        double measured = LOUDNESS;
        // limiting takes loudness away: measure, add what is missing, at most twice
        for (int round = 0; round < 3; round++) {
            LoudnessMeter meter = new LoudnessMeter(SAMPLE_RATE);
            limited = pass(mix, gainDb, frames, watch, meter::add);
            measured = meter.integrated().orElse(-70);
            progress.accept(round * 0.25);
            if (loudness.isEmpty() || Math.abs(measured - LOUDNESS) < 0.2 || limited < -9) {
                break;
            }
            gainDb += LOUDNESS - measured;
        }
        LoudnessMeter meter = new LoudnessMeter(SAMPLE_RATE);
        try (WavWriter out =
                WavWriter.create(wav, SAMPLE_RATE, 2, bitDepth == 16 ? SampleFormat.PCM16 : SampleFormat.PCM24)) {
            Dither dither = new Dither(bitDepth);
            limited = pass(mix, gainDb, frames, watch, (block, count) -> {
                meter.add(block, count);
                dither.add(block, count);
                out.write(block, 0, count);
            });
        }
        progress.accept(1);
        return new Rendered(frames, meter.integrated().orElse(measured), gainDb, limited, List.of());
    }

    private interface Sink {
        void accept(float[] block, int frames) throws IOException;
    }

    private static double pass(Path mix, double gainDb, long frames, Watch watch, Sink sink) throws IOException {
        Limiter limiter = new Limiter(Math.pow(10, AIMED_PEAK / 20), SAMPLE_RATE);
        float gain = (float) Math.pow(10, gainDb / 20);
        int late = limiter.latency();
        float[] block = new float[2 * BLOCK];
        long given = 0;
        try (RawReader in = RawReader.open(mix, 2)) {
            while (given < frames) {
                watch.check();
                int count = Math.max(0, in.read(block, 0, BLOCK));
                for (int n = 0; n < 2 * count; n++) {
                    block[n] *= gain;
                }
                if (count < BLOCK) {
                    java.util.Arrays.fill(block, 2 * count, 2 * BLOCK, 0);
                    count = BLOCK;
                }
                limiter.process(block, count);
                int skip = Math.min(late, count);
                late -= skip;
                int useful = (int) Math.min(count - skip, frames - given);
                if (skip > 0) {
                    System.arraycopy(block, 2 * skip, block, 0, 2 * useful);
                }
                sink.accept(block, useful);
                given += useful;
            }
        }
        return 20 * Math.log10(limiter.lowestGain());
    }

    /** Triangular noise of one step, so that quiet endings do not crackle; the same every time. */
    private static final class Dither {

        private final float step;
        private final java.util.Random random = new java.util.Random(1);

        Dither(int bitDepth) {
            this.step = bitDepth == 16 ? 1 / 32_768f : 0;
        }

        void add(float[] block, int frames) {
            for (int n = 0; step > 0 && n < 2 * frames; n++) {
                block[n] += (random.nextFloat() - random.nextFloat()) * step;
            }
        }
    }
}
