package dev.cadenza.platform.audio.analysis;

import dev.cadenza.platform.audio.PcmSink;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Hears tempo and key, and collects peaks for drawing, in one pass over samples at {@link #SAMPLE_RATE}. Takes the same
 * memory for a second and for hours. Not thread-safe.
 */
public final class MusicAnalysis implements PcmSink {

    /** What is listened to, samples a second. */
    public static final int SAMPLE_RATE = 44_100;

    private final Peaks peaks = new Peaks(SAMPLE_RATE);
    private final Decimator decimator = new Decimator();
    private final Tempo tempo = new Tempo();
    private final MusicalKey key = new MusicalKey();
    private float[] slow = new float[0];
    private long samples;

    @Override
    public void accept(short[] block, int count) {
        samples += count;
        peaks.accept(block, count);
        if (slow.length < count) {
            slow = new float[count];
        }
        int made = decimator.decimate(block, count, slow);
        tempo.accept(slow, made);
        key.accept(slow, made);
    }

    /** How much was heard so far. */
    public double seconds() {
        return (double) samples / SAMPLE_RATE;
    }

    /** Beats per minute, 45 to 220; empty where there is no steady beat. Asked once, at the end. */
    public OptionalDouble beatsPerMinute() {
        return tempo.beatsPerMinute();
    }

    /** Such as {@code C major} or {@code F# minor}; empty where there is none to speak of. */
    public Optional<String> key() {
        return key.name();
    }

    /** Writes at most 2,000 pairs of lowest and highest samples as BBC's audiowaveform does (JSON, version 2, 8 bits). */
    public void writePeaks(Writer out) throws IOException {
        peaks.writeTo(out);
    }
}
