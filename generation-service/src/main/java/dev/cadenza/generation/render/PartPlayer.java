package dev.cadenza.generation.render;

import com.sun.media.sound.SoftSynthesizer;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Score;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import javax.sound.midi.Instrument;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;

/** Plays one part, dry, block by block. The same score always gives the same samples. */
final class PartPlayer implements Closeable {

    static final int SAMPLE_RATE = 44_100;

    private static final AudioFormat FORMAT =
            new AudioFormat(AudioFormat.Encoding.PCM_FLOAT, SAMPLE_RATE, 32, 2, 8, SAMPLE_RATE, false);
    private static final int DRUM_CHANNEL = 9;

    private final SoftSynthesizer synthesizer = new SoftSynthesizer();
    private final AudioInputStream stream;
    private byte[] bytes = new byte[0];

    /**
     * @param from first second of the score that is played; notes that began before are left out
     * @param to no note begins after this second
     * @param fine better and slower interpolation
     */
    PartPlayer(SoundFont font, Score score, Part part, double from, double to, boolean fine) throws IOException {
        try {
            stream = synthesizer.openStream(
                    FORMAT,
                    Map.of(
                            "reverb", false,
                            "chorus", false,
                            // its level control would make a stem depend on its own loudness
                            "auto gain control", false,
                            "load default soundbank", false,
                            "interpolation", fine ? "sinc" : "cubic",
                            "max polyphony", 96));
            int channel = part.isKit() ? DRUM_CHANNEL : 0;
            Instrument instrument = font.instrument(part.isKit(), part.program())
                    .orElseThrow(() ->
                            new SoundFontException("The SoundFont has nothing to play " + part.name() + " with."));
            if (!synthesizer.loadInstrument(instrument)) {
                throw new SoundFontException("The SoundFont's " + part.name() + " cannot be loaded.");
            }
            Receiver receiver = synthesizer.getReceiver();
            receiver.send(
                    new ShortMessage(
                            ShortMessage.PROGRAM_CHANGE,
                            channel,
                            instrument.getPatch().getProgram(),
                            0),
                    0);
            receiver.send(
                    new ShortMessage(
                            ShortMessage.CONTROL_CHANGE,
                            channel,
                            10,
                            Math.clamp(Math.round(64 + 63 * part.pan()), 0, 127)),
                    0);
            for (Note note : part.notes()) {
                double start = score.seconds(note.beat());
                if (start < from - 1e-9 || start >= to) {
                    continue;
                }
                receiver.send(
                        new ShortMessage(ShortMessage.NOTE_ON, channel, note.pitch(), note.velocity()),
                        micros(start - from));
                receiver.send(
                        new ShortMessage(ShortMessage.NOTE_OFF, channel, note.pitch(), 0),
                        micros(score.seconds(note.end()) - from));
            }
        } catch (MidiUnavailableException | InvalidMidiDataException e) {
            synthesizer.close();
            throw new IOException("the synthesizer cannot play", e);
        } catch (IOException | RuntimeException e) {
            synthesizer.close();
            throw e;
        }
    }

    private static long micros(double seconds) {
        return Math.max(0, Math.round(seconds * 1_000_000));
    }

    /** Fills the first {@code frames} frames of {@code interleaved}. */
    void read(float[] interleaved, int frames) throws IOException {
        int length = frames * 8;
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        if (stream.readNBytes(bytes, 0, length) < length) {
            throw new IOException("the synthesizer stopped");
        }
        ByteBuffer.wrap(bytes, 0, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(interleaved, 0, frames * 2);
    }

    @Override
    public void close() {
        synthesizer.close();
    }
}
