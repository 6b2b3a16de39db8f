package dev.cadenza.generation.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Note;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Role;
import dev.cadenza.generation.music.Score;
import dev.cadenza.generation.music.Section;
import dev.cadenza.generation.prompt.PromptReader;
import dev.cadenza.generation.prompt.SongWish;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposerTests {

    static Stream<String> genres() {
        return Styles.all().stream().map(Style::name);
    }

    @ParameterizedTest
    @MethodSource("genres")
    void everyNoteIsInTheKeyOrAnExceptionThatIsDeclared(String genre) {
        List<String> wrong = new ArrayList<>();
        for (Score score : several(genre)) {
            for (Part part : score.parts()) {
                for (Note note : part.isKit() ? List.<Note>of() : part.notes()) {
                    int pitchClass = note.pitch() % 12;
                    if (!score.key().contains(pitchClass)
                            && !score.chromatic().contains(pitchClass)
                            && !soundsInAChordAround(score, note)) {
                        wrong.add(note + " of " + part.name() + " in "
                                + score.key().word());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A player is a little early or late: the chord that was meant may have just ended or not begun. */
    private static boolean soundsInAChordAround(Score score, Note note) {
        return score.chordAt(note.beat() - 0.15).contains(note.pitch())
                || score.chordAt(note.beat() + 0.15).contains(note.pitch());
    }

    @ParameterizedTest
    @MethodSource("genres")
    void everyNoteIsOnItsInstrumentAndInsideTheSong(String genre) {
        for (Score score : several(genre)) {
            for (Part part : score.parts()) {
                assertThat(part.notes())
                        .allMatch(note -> note.beat() >= 0
                                && note.length() > 0
                                && note.end() <= score.lengthInBeats() + 1e-6
                                && note.velocity() >= 1
                                && note.velocity() <= 127
                                && note.pitch() >= 24
                                && note.pitch() <= 103);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("genres")
    void sectionsFillTheSongAndTheLastChordIsTheTonicWithTimeToRing(String genre) {
        for (Score score : several(genre)) {
            int bar = 0;
            for (Section section : score.sections()) {
                assertThat(section.firstBar()).isEqualTo(bar);
                bar = section.endBar();
            }
            double end = score.seconds(bar * score.meter().beats());
            double ring = score.durationSeconds() - end;
            assertThat(ring).isBetween(1.7, 1.9 + score.seconds(score.meter().beats()));
            assertThat(score.chords().getLast().chord().root())
                    .isEqualTo(score.key().tonic());
            assertThat(score.chords().getLast().beat())
                    .isEqualTo(bar * score.meter().beats());
        }
    }

    @ParameterizedTest
    @MethodSource("genres")
    void theTuneStandsOnChordTonesWhereTheBarIsStrong(String genre) {
        for (Score score : several(genre)) {
            List<Note> tune = part(score, Role.MELODY);
            long strong = 0;
            long agreeing = 0;
            for (Note note : tune) {
                double inBar = note.beat() % score.meter().beats();
                if (inBar < 0.1 || score.meter().beats() - inBar < 0.1) {
                    strong++;
                    agreeing += soundsInAChordAround(score, note) ? 1 : 0;
                }
            }
            assertThat(agreeing).as("of %d", strong).isEqualTo(strong);
        }
    }

    @Test
    void theSameSeedMakesTheSameSongAndAnotherSeedAnotherOne() {
        SongWish wish = Wishes.of("pop song", 60, 5);
        assertThat(Wishes.score(wish)).isEqualTo(Wishes.score(wish));
        assertThat(Wishes.score(wish).parts())
                .isNotEqualTo(Wishes.score(Wishes.of("pop song", 60, 6)).parts());
    }

    @Test
    void theTuneComesBack() {
        Score score = Wishes.score(Wishes.of("pop song in C major at 120 bpm", 120, 3));
        List<Section> choruses = score.sections().stream()
                .filter(section -> section.kind() == Section.Kind.CHORUS)
                .toList();
        assertThat(choruses).hasSizeGreaterThan(1);
        assertThat(rhythm(score, choruses.getFirst()).subList(0, 8))
                .isEqualTo(rhythm(score, choruses.get(1)).subList(0, 8));
    }

    @Test
    void chorusesAreLouderThanVerses() {
        Score score = Wishes.score(Wishes.of("rock song", 90, 3));
        assertThat(energy(score, Section.Kind.CHORUS)).isGreaterThan(energy(score, Section.Kind.VERSE));
    }

    @Test
    void keyAndTempoAreExactlyTheWishedOnes() {
        Score score = Wishes.score(Wishes.of("117 bpm Eb minor house"));
        assertThat(score.tempo()).isEqualTo(117);
        assertThat(score.key()).isEqualTo(Key.parse("Eb_minor").orElseThrow());
    }

    @Test
    void everyTempoAndLengthThatIsAllowedWorks() {
        for (int tempo : new int[] {40, 41, 97, 239, 240}) {
            for (int seconds : new int[] {30, 31, 61, 599, 600}) {
                for (String meter : new String[] {"4/4", "3/4", "6/8", "5/4", "7/8", "12/8"}) {
                    Score score = Wishes.score(Wishes.of("rock in " + meter + " at " + tempo + " bpm", seconds, 2));
                    assertThat(score.durationSeconds()).isEqualTo(seconds);
                    assertThat(score.meter().word()).isEqualTo(meter);
                    assertThat(score.parts()).hasSizeGreaterThan(2);
                }
            }
        }
    }

    @Test
    void simpleHasFewerNotesThanComplex() {
        assertThat(notes("low")).isLessThan(notes("high"));
    }

    private static long notes(String complexity) {
        SongWish wish =
                new SongWish("A song", "", "pop", null, null, null, 110, "C_major", 60, List.of(), complexity, null, 4);
        return Composer.compose(PromptReader.read(wish)).parts().stream()
                .filter(part -> part.role() == Role.MELODY)
                .mapToLong(part -> part.notes().size())
                .sum();
    }

    private static List<Score> several(String genre) {
        List<Score> scores = new ArrayList<>();
        for (long seed = 1; seed <= 6; seed++) {
            SongWish wish = new SongWish(
                    "A song",
                    seed % 3 == 0 ? "in 3/4" : "",
                    genre,
                    null,
                    seed == 4 ? "sad" : seed == 5 ? "happy" : null,
                    null,
                    null,
                    null,
                    seed == 6 ? 200 : 45,
                    List.of(),
                    seed == 2 ? "high" : null,
                    seed / 6.0,
                    seed);
            scores.add(Composer.compose(PromptReader.read(wish)));
        }
        return scores;
    }

    private static List<Note> part(Score score, Role role) {
        return score.parts().stream()
                .filter(part -> part.role() == role)
                .findFirst()
                .map(Part::notes)
                .orElse(List.of());
    }

    private static List<Long> rhythm(Score score, Section section) {
        double from = section.firstBar() * score.meter().beats() - 0.1;
        double to = section.endBar() * score.meter().beats() - 0.1;
        return part(score, Role.MELODY).stream()
                .filter(note -> note.beat() >= from && note.beat() < to)
                .map(note -> Math.round((note.beat() - from - 0.1) * 4))
                .toList();
    }

    private static double energy(Score score, Section.Kind kind) {
        return score.sections().stream()
                .filter(section -> section.kind() == kind)
                .flatMap(section -> score.parts().stream()
                        .flatMap(part -> part.notes().stream()
                                .filter(note -> note.beat()
                                                >= section.firstBar()
                                                        * score.meter().beats()
                                        && note.beat()
                                                < section.endBar()
                                                        * score.meter().beats())))
                .mapToInt(Note::velocity)
                .average()
                .orElse(0);
    }
}
