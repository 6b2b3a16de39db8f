package dev.cadenza.generation.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Mode;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Score;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MidiFileTests {

    @Test
    void saysTempoMeterKeyAndForm() throws Exception {
        Score score = Wishes.score(Wishes.of("96 bpm waltz in Bb minor", 60, 3));
        Sequence sequence = written(score);
        assertThat(MidiSystem.getMidiFileFormat(new ByteArrayInputStream(bytes(score)))
                        .getType())
                .isEqualTo(1);
        byte[] tempo = meta(sequence.getTracks()[0], 0x51).getFirst();
        assertThat((tempo[0] & 0xFF) << 16 | (tempo[1] & 0xFF) << 8 | tempo[2] & 0xFF)
                .isEqualTo(625_000);
        assertThat(meta(sequence.getTracks()[0], 0x58).getFirst()).startsWith(3, 2);
        assertThat(meta(sequence.getTracks()[0], 0x59).getFirst()).containsExactly(-5, 1);
        assertThat(meta(sequence.getTracks()[0], 0x06)).hasSameSizeAs(score.sections());
        assertThat(meta(sequence.getTracks()[0], 0x01)).hasSameSizeAs(score.chords());
    }

    @Test
    void hasANamedTrackForEachPartWithItsNotes() throws Exception {
        Score score = Wishes.score(Wishes.of("rock song", 60, 3));
        Sequence sequence = written(score);
        assertThat(sequence.getTracks()).hasSize(MidiFile.trackCount(score));
        for (int i = 0; i < score.parts().size(); i++) {
            Part part = score.parts().get(i);
            Track track = sequence.getTracks()[i + 1];
            assertThat(new String(meta(track, 0x03).getFirst(), StandardCharsets.UTF_8))
                    .isEqualTo(part.name());
            List<ShortMessage> on = notes(track, ShortMessage.NOTE_ON);
            assertThat(on).hasSize(part.notes().size()).allMatch(m -> (m.getChannel() == 9) == part.isKit());
            assertThat(on.stream().map(ShortMessage::getData1).sorted())
                    .isEqualTo(part.notes().stream().map(Note::pitch).sorted().toList());
        }
    }

    @Test
    void lastsAsLongAsTheSong() throws Exception {
        for (int seconds : new int[] {30, 47, 200}) {
            Sequence sequence = written(Wishes.score(Wishes.of("pop song", seconds, 3)));
            assertThat(sequence.getMicrosecondLength() / 1e6).isBetween(seconds - 0.1, seconds + 0.1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "C_major, 0",
        "A_minor, 0",
        "G_major, 1",
        "E_minor, 1",
        "F_major, -1",
        "D_minor, -1",
        "F#_major, 6",
        "Gb_major, -6",
        "C#_minor, 4",
        "Db_major, -5",
        "C#_major, 7",
        "Cb_major, -7",
        "Eb_minor, -6",
        "D#_minor, 6",
        "Bb_minor, -5",
        "G#_minor, 5",
        "B_major, 5"
    })
    void writesTheUsualSignatures(String word, int signature) {
        assertThat(Key.parse(word).orElseThrow().signature()).isEqualTo(signature);
    }

    @Test
    void knowsEverySpelling() {
        for (char letter = 'A'; letter <= 'G'; letter++) {
            for (String accidental : new String[] {"", "#", "b"}) {
                for (Mode mode : Mode.values()) {
                    assertThat(Key.spelt(letter + accidental, mode).signature()).isBetween(-7, 7);
                }
            }
        }
    }

    private static byte[] bytes(Score score) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MidiFile.write(score, out);
        return out.toByteArray();
    }

    private static Sequence written(Score score) throws Exception {
        return MidiSystem.getSequence(new ByteArrayInputStream(bytes(score)));
    }

    private static List<byte[]> meta(Track track, int type) {
        List<byte[]> found = new ArrayList<>();
        for (int i = 0; i < track.size(); i++) {
            if (track.get(i).getMessage() instanceof MetaMessage meta && meta.getType() == type) {
                found.add(meta.getData());
            }
        }
        return found;
    }

    private static List<ShortMessage> notes(Track track, int command) {
        List<ShortMessage> found = new ArrayList<>();
        for (int i = 0; i < track.size(); i++) {
            MidiEvent event = track.get(i);
            if (event.getMessage() instanceof ShortMessage message && message.getCommand() == command) {
                found.add(message);
            }
        }
        return found;
    }
}
