package dev.cadenza.processing.separate;

import dev.cadenza.platform.audio.RawReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Works through a song in overlapping stretches that are cross-faded, so that memory does not grow with the song.
 */
public final class Stretches {

    private final double core;
    private final double context;
    private final double fade;

    /**
     * Lengths in seconds; no stretch is longer than the core and three times the context.
     *
     * @param core from one stretch to the next
     * @param context what each stretch hears more, on both sides
     * @param fade length of the cross-fade, at most twice the context
     */
    public Stretches(double core, double context, double fade) {
        if (!(core > 0) || !(context > 0) || !(fade > 0) || fade > 2 * context || fade > core) {
            throw new IllegalArgumentException("stretches of " + core + ", " + context + ", " + fade + " s");
        }
        this.core = core;
        this.context = context;
        this.fade = fade;
    }

    /** Finds the voice in one stretch. */
    @FunctionalInterface
    public interface Voice {
        /** The voice in {@code samples[channel][…length]}, as many channels and samples. */
        float[][] find(float[][] samples, int length, Work work) throws IOException;
    }

    /** Takes the song and the voice in it, block by block, in order. */
    @FunctionalInterface
    public interface Sink {
        /** Interleaved samples; {@code frames} frames. */
        void write(float[] song, float[] estimate, int frames) throws IOException;
    }

    /** Splits the whole song. */
    public Stems separate(PcmAudio song, Path directory, Voice voice, Work work) throws IOException {
        try (StemWriter writer = StemWriter.create(song, directory)) {
            run(song, voice, writer::write, work);
            return writer.stems();
        }
    }

    /** Finds the voice in the whole song. */
    public void run(PcmAudio song, Voice voice, Sink sink, Work work) throws IOException {
        try (RawReader reader = song.open()) {
            new Run(song, reader, sink, voice, work).run();
        }
    }

    /** One song. */
    private final class Run {

        private final PcmAudio song;
        private final RawReader reader;
        private final Sink sink;
        private final Voice voice;
        private final Work work;
        private final int channels;
        private final long frames;
        private final int core;
        private final int context;
        private final int fade;

        /** The end of the last stretch's voice, already faded out, over which the next one fades in. */
        private float[] tail = new float[0];

        Run(PcmAudio song, RawReader reader, Sink sink, Voice voice, Work work) {
            this.song = song;
            this.reader = reader;
            this.sink = sink;
            this.voice = voice;
            this.work = work;
            this.channels = song.channels();
            this.frames = reader.frames();
            this.core = seconds(Stretches.this.core);
            this.context = seconds(Stretches.this.context);
            this.fade = seconds(Stretches.this.fade);
        }

        void run() throws IOException {
            // a short rest joins the stretch before it
            long stretches = Math.max(1, (frames - 2L * context + core - 1) / core);
            for (long i = 0; i < stretches; i++) {
                boolean first = i == 0;
                boolean last = i == stretches - 1;
                long start = first ? 0 : i * core - context;
                long end = last ? frames : (i + 1) * core + context;
                // from here to there this stretch decides; around both, two stretches are mixed
                long from = first ? 0 : i * core - fade / 2;
                long to = last ? frames : (i + 1) * core - fade / 2 + fade;
                stretch(start, (int) (end - start), from, to, !first, !last, i, stretches);
            }
        }

        private void stretch(
                long start, int length, long from, long to, boolean fadeIn, boolean fadeOut, long index, long of)
                throws IOException {
            if (length == 0) {
                return;
            }
            float[] interleaved = new float[length * channels];
            reader.seek(start);
            int read = 0;
            while (read < length) {
                int now = reader.read(interleaved, read * channels, Math.min(length - read, 65_536));
                if (now < 0) {
                    throw new IOException("the song became shorter while it was read");
                }
                read += now;
                work.check();
            }
            float[][] found =
                    voice.find(split(interleaved), length, work.part((double) index / of, (index + 1.0) / of));
            int offset = (int) (from - start);
            int count = (int) (to - from);
            float[] mine = new float[count * channels];
            for (int i = 0; i < count; i++) {
                float gain = 1;
                if (fadeIn && i < fade) {
                    gain = (i + 0.5f) / fade;
                }
                if (fadeOut && i >= count - fade) {
                    gain = (count - i - 0.5f) / fade;
                }
                for (int c = 0; c < channels; c++) {
                    mine[i * channels + c] = found[c][offset + i] * gain;
                }
            }
            for (int i = 0; i < tail.length; i++) {
                mine[i] += tail[i];
            }
            int finished = fadeOut ? count - fade : count;
            write(interleaved, offset, mine, finished);
            tail = Arrays.copyOfRange(mine, finished * channels, count * channels);
        }

        private void write(float[] interleaved, int offset, float[] estimate, int count) throws IOException {
            int block = 65_536;
            for (int done = 0; done < count; done += block) {
                work.check();
                int now = Math.min(block, count - done);
                sink.write(
                        Arrays.copyOfRange(interleaved, (offset + done) * channels, (offset + done + now) * channels),
                        Arrays.copyOfRange(estimate, done * channels, (done + now) * channels),
                        now);
            }
        }

        private int seconds(double seconds) {
            return (int) Math.round(seconds * song.sampleRate());
        }

        private float[][] split(float[] interleaved) {
            int count = interleaved.length / channels;
            float[][] split = new float[channels][count];
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < channels; c++) {
                    float sample = interleaved[i * channels + c];
                    split[c][i] = Float.isFinite(sample) ? sample : 0;
                }
            }
            return split;
        }
    }
}
