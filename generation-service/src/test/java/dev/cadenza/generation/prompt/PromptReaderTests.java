package dev.cadenza.generation.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.compose.Brief;
import dev.cadenza.generation.compose.Composer;
import dev.cadenza.generation.music.Key;
import dev.cadenza.generation.music.Part;
import dev.cadenza.generation.music.Role;
import dev.cadenza.generation.music.Score;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptReaderTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    calm ambient piano                                  | ambient
                    120 bpm E minor rock song with drums and bass       | rock
                    smooth jazz with saxophone                          | jazz
                    retro synthwave for a night drive                   | synthwave
                    lo-fi hip hop beats to study to                     | lofi
                    drum and bass at 174 bpm                            | drum and bass
                    distorted guitars and double kick                   | metal
                    epic orchestral battle music for a film score       | cinematic
                    a lullaby for my baby                               | lullaby
                    bossa nova with nylon guitar                        | bossa nova
                    90s hip hop                                         | hip hop
                    deep house                                          | house
                    waltz for piano                                     | waltz
                    country song, not rock                              | country
                    acoustic guitar and ukulele                         | folk
                    something completely different                      | pop
                    """)
    void hearsTheGenre(String prompt, String genre) {
        assertThat(Wishes.brief(prompt).style().name()).isEqualTo(genre);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    rock in E minor                | E_minor
                    F# major pop                   | F#_major
                    a song in B flat major         | Bb_major
                    bb major jazz                  | Bb_major
                    C#m trance                     | C#_minor
                    12 bar blues in A              | A_major
                    in the key of D                | D_major
                    sad tune in a minor key        | -
                    a major hit                    | -
                    key of a minor                 | A_minor
                    d dorian groove                | D_minor
                    """)
    void hearsTheKey(String prompt, @Nullable String key) {
        Key heard = Wishes.brief(prompt).key();
        assertThat(heard == null ? null : heard.word()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    rock at 120 bpm          | 120
                    tempo: 96                | 96
                    300bpm techno            | 240
                    andante for piano        | 88
                    rock                     | -
                    1980s pop                | -
                    """)
    void hearsTheTempo(String prompt, @Nullable Integer tempo) {
        assertThat(Wishes.brief(prompt).tempo()).isEqualTo(tempo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    45 seconds of techno            | 45
                    two minute pop song             | 120
                    a 1:30 jingle                   | 90
                    2 minutes and 15 seconds        | 135
                    rock, 75s                       | 75
                    80s pop                         | 60
                    5 seconds of silence            | 60
                    20 minutes of ambient           | 600
                    10 seconds                      | 30
                    rock                            | 60
                    """)
    void hearsTheLength(String prompt, int seconds) {
        assertThat(Wishes.brief(prompt).durationSeconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a waltz            | 3/4
                    ballad in 6/8      | 6/8
                    funk in 7/8        | 7/8
                    rock in 4/4        | 4/4
                    rock in 11/16      | 4/4
                    """)
    void hearsTheMeter(String prompt, String meter) {
        assertThat(Wishes.brief(prompt).meter().word()).isEqualTo(meter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rock song, no drums                   | DRUMS
                    rock song without drums or bass       | DRUMS BASS
                    drumless techno                       | DRUMS
                    pop without any percussion            | DRUMS
                    rock with no bass                     | BASS
                    no live drums, no bass, guitars only  | DRUMS BASS
                    """)
    void leavesOutWhatIsNegated(String prompt, String roles) {
        Set<String> silent = Set.of(roles.split(" "));
        Score score = Composer.compose(Wishes.brief(prompt));
        assertThat(score.parts().stream().map(part -> part.role().name()))
                .doesNotContainAnyElementsOf(silent)
                .isNotEmpty();
    }

    @Test
    void whatIsNegatedAfterWithoutEndsAtTheNextWith() {
        Set<Role> roles = roles("ambient without drums and with bass");
        assertThat(roles).contains(Role.BASS).doesNotContain(Role.DRUMS);
    }

    @Test
    void aCommaEndsANegation() {
        assertThat(programs("jazz, no drums, piano and flute")).contains(0, 73);
    }

    @Test
    void drumsAndBassPlayWhereTheStyleHasNone() {
        assertThat(roles("ambient piano")).doesNotContain(Role.DRUMS, Role.BASS);
        assertThat(roles("ambient piano with drums and bass")).contains(Role.DRUMS, Role.BASS);
    }

    @Test
    void anInstrumentThatIsNegatedDoesNotPlay() {
        assertThat(programs("rock song, no guitar")).doesNotContain(24, 25, 26, 27, 28, 29, 30);
        assertThat(programs("lullaby without music box")).doesNotContain(10);
    }

    @Test
    void namedInstrumentsPlay() {
        assertThat(programs("jazz trio with flute, organ and double bass")).contains(73, 16, 32);
        assertThat(programs("solo violin in C minor")).containsExactly(40);
        assertThat(programs("just a piano")).containsExactly(0);
        assertThat(programs("rock song with guitars")).contains(30);
    }

    @Test
    void parametersWinOverWords() {
        Brief brief = PromptReader.read(new SongWish(
                "A song",
                "slow sad jazz in E minor at 60 bpm for 40 seconds",
                "rock",
                null,
                "happy",
                null,
                150,
                "D_major",
                90,
                List.of("flute", "synth_bass"),
                null,
                null,
                1));
        assertThat(brief.style().name()).isEqualTo("rock");
        assertThat(brief.mood().word()).isEqualTo("happy");
        assertThat(brief.tempo()).isEqualTo(150);
        assertThat(brief.key()).isEqualTo(Key.parse("D_major").orElseThrow());
        assertThat(brief.durationSeconds()).isEqualTo(90);
        assertThat(brief.instruments()).extracting(Brief.Wish::program).containsExactly(73, 38);
    }

    @Test
    void theWordsOfTheDocumentsExampleAreUnderstood() {
        Brief brief = PromptReader.read(new SongWish(
                "Neon Dreams",
                "",
                "electronic",
                "synthwave",
                "nostalgic",
                "cyberpunk_city poetic_tech",
                120,
                "C_minor",
                180,
                List.of("synth_bass", "drum_machine", "arpeggiator"),
                "medium",
                0.7,
                1));
        assertThat(brief.style().name()).isEqualTo("synthwave");
        assertThat(brief.mood().word()).isEqualTo("nostalgic");
        assertThat(Composer.compose(brief).parts().stream().map(Part::role))
                .contains(Role.DRUMS, Role.BASS, Role.ARPEGGIO);
    }

    @Test
    void calmIsSlowerAndSofterThanEnergetic() {
        assertThat(Composer.compose(Wishes.brief("calm pop song")).tempo())
                .isLessThan(Composer.compose(Wishes.brief("energetic pop song")).tempo());
    }

    @Test
    void anythingAtAllIsUnderstoodSomehow() {
        for (String prompt : List.of(
                "",
                " ",
                "\u0000\uD800",
                "🎸🎹",
                "no",
                "without",
                "no no no drums no",
                "////",
                "a".repeat(2000),
                "in in in A",
                "0 bpm 999999999999 bpm",
                "99:99",
                "1/0")) {
            assertThat(Composer.compose(Wishes.brief(prompt)).parts()).isNotEmpty();
        }
    }

    private static Set<Role> roles(String prompt) {
        return Composer.compose(Wishes.brief(prompt)).parts().stream()
                .map(Part::role)
                .collect(Collectors.toSet());
    }

    private static Set<Integer> programs(String prompt) {
        return Composer.compose(Wishes.brief(prompt)).parts().stream()
                .filter(part -> !part.isKit())
                .map(Part::program)
                .collect(Collectors.toSet());
    }

    /** Each of these took up to seconds, or the whole stack; the limits leave room for a hundred times the usual. */
    @ParameterizedTest
    @CsvSource({
        "808 , 500",
        "dub 808 , 250",
        "no 808 lead , 166",
        "1, 2000",
        "1-, 1000",
        "a minor x , 200",
        "synth , 330"
    })
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsPromptsThatRepeatThemselvesInNoTime(String words, int times) {
        String prompt = (words.endsWith("-") || words.equals("1") ? words : words + " ").repeat(times);
        String heard = Wishes.brief(prompt).style().name();
        for (int i = 0; i < 100; i++) {
            assertThat(Wishes.brief(prompt).style().name()).isEqualTo(heard);
        }
    }

    @Test
    void readsEndlessNegationsOnASmallStack() throws InterruptedException {
        AtomicReference<Brief> heard = new AtomicReference<>();
        Thread small = new Thread(
                null, () -> heard.set(Wishes.brief("no drums or " + "a or ".repeat(390) + "b")), "small", 256 * 1024);
        small.start();
        small.join();
        assertThat(heard.get()).isNotNull();
        assertThat(heard.get().without()).contains(Role.DRUMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"retro synthwave", "distorted guitars", "calm and quiet", "country, not rock", "whatever"})
    void namesTheGenreThatIsComposedWithoutReadingTheRest(String prompt) {
        assertThat(PromptReader.genreOf(Wishes.of(prompt)))
                .isEqualTo(Wishes.brief(prompt).style().name());
    }
}
