package dev.cadenza.generation.compose;

import dev.cadenza.generation.music.ChordSpan;
import dev.cadenza.generation.music.Mode;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Score;
import dev.cadenza.generation.music.Section;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** A score as a Standard MIDI File, type 1: one track of tempo, key and form, then one named track for each part. */
public final class MidiFile {

    /** Ticks of a quarter note. */
    public static final int RESOLUTION = 480;

    private static final int DRUM_CHANNEL = 9;

    private MidiFile() {}

    /** Writes the file; does not close the stream. */
    public static void write(Score score, OutputStream out) throws IOException {
        try {
            MidiSystem.write(sequence(score), 1, out);
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException(e); // every byte is made here, within its range
        }
    }

    /** Tracks of the file, the one without notes included. */
    public static int trackCount(Score score) {
        return score.parts().size() + 1;
    }

    private static Sequence sequence(Score score) throws InvalidMidiDataException {
        Sequence sequence = new Sequence(Sequence.PPQ, RESOLUTION);
        long end = ticks(score.lengthInBeats());
        Track head = sequence.createTrack();
        text(head, 0, 0x03, score.title());
        int micros = (int) Math.round(60_000_000.0 / score.tempo());
        meta(head, 0, 0x51, new byte[] {(byte) (micros >> 16), (byte) (micros >> 8), (byte) micros});
        int lower = Integer.numberOfTrailingZeros(score.meter().lower());
        meta(head, 0, 0x58, new byte[] {(byte) score.meter().upper(), (byte) lower, 24, 8});
        meta(head, 0, 0x59, new byte[] {
            (byte) score.key().signature(), (byte) (score.key().mode() == Mode.MINOR ? 1 : 0)
        });
        for (Section section : score.sections()) {
            text(
                    head,
                    ticks(section.firstBar() * score.meter().beats()),
                    0x06,
                    section.kind().name().toLowerCase(Locale.ROOT));
        }
        for (ChordSpan chord : score.chords()) {
            text(head, ticks(chord.beat()), 0x01, chord.chord().symbol());
        }
        head.add(new MidiEvent(new MetaMessage(0x2F, new byte[0], 0), end));

        int channel = 0;
        for (Part part : score.parts()) {
            if (channel == DRUM_CHANNEL) {
                channel++;
            }
            track(sequence.createTrack(), part, part.isKit() ? DRUM_CHANNEL : channel++, end);
        }
        return sequence;
    }

    private static void track(Track track, Part part, int channel, long end) throws InvalidMidiDataException {
        text(track, 0, 0x03, part.name());
        track.add(new MidiEvent(new ShortMessage(ShortMessage.PROGRAM_CHANGE, channel, part.program(), 0), 0));
        control(track, channel, 10, (int) Math.round(64 + part.pan() * 63));
        control(track, channel, 91, (int) Math.round(part.room() * 100));
        for (Note note : part.notes()) {
            long on = ticks(note.beat());
            long off = Math.max(on + 1, Math.min(ticks(note.end()), end));
            track.add(
                    new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, channel, note.pitch(), note.velocity()), on));
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, channel, note.pitch(), 0), off));
        }
        track.add(new MidiEvent(new MetaMessage(0x2F, new byte[0], 0), end));
    }

    private static void control(Track track, int channel, int controller, int value) throws InvalidMidiDataException {
        track.add(new MidiEvent(
                new ShortMessage(ShortMessage.CONTROL_CHANGE, channel, controller, Math.clamp(value, 0, 127)), 0));
    }

    private static void text(Track track, long tick, int type, String text) throws InvalidMidiDataException {
        meta(track, tick, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void meta(Track track, long tick, int type, byte[] data) throws InvalidMidiDataException {
        track.add(new MidiEvent(new MetaMessage(type, data, data.length), tick));
    }

    private static long ticks(double beats) {
        return Math.round(beats * RESOLUTION);
    }
}
