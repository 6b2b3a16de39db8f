package dev.cadenza.catalog.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.catalog.search.Findable;
import dev.cadenza.catalog.search.IndexUpdates;
import dev.cadenza.catalog.search.Kind;
import dev.cadenza.catalog.search.People;
import dev.cadenza.catalog.search.Playlists;
import dev.cadenza.catalog.search.SearchSettings;
import dev.cadenza.catalog.track.AudioFacts;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackCounts;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackNotes;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class LuceneSearchTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final Paging ALL = new Paging(0, 100);

    @TempDir
    Path folder;

    private LuceneIndex index;
    private LuceneStore store;
    private LuceneSearch search;
    private final Map<UUID, String> titles = new HashMap<>();
    private int made;

    /** Everything is always known here. */
    private static final class Settled implements IndexUpdates {
        @Override
        public void changed(Kind kind, UUID id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void changesSoon(Kind kind, UUID id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rebuild() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Long> rebuilt() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> settled() {
            return Mono.empty();
        }
    }

    @BeforeEach
    void open() throws IOException {
        open(null);
    }

    private void open(@Nullable Path directory) throws IOException {
        index = new LuceneIndex(new SearchSettings(directory));
        store = new LuceneStore(index);
        search = new LuceneSearch(index, new Settled());
    }

    @AfterEach
    void close() throws IOException {
        search.close();
        store.close();
        index.close();
    }

    @ParameterizedTest
    @CsvSource({
        "summer,            Summer Vibes",
        "SUMMER vibes,      Summer Vibes",
        "vibes summer,      Summer Vibes",
        "sum vib,           Summer Vibes",
        "sumer,             Summer Vibes",
        "sumemr vibse,      Summer Vibes",
        "electroncia,       Summer Vibes",
        "zoe,               Été",
        "ete,               Été",
        "Zoë été,           Été",
        "lofi,              Clam Lo-Fi Beat",
        "lo-fi,             Clam Lo-Fi Beat",
        "lo fi,             Clam Lo-Fi Beat",
        "acdc,              T.N.T.",
        "ac/dc,             T.N.T.",
        "tnt,               T.N.T.",
        "dont,              Don't Stop",
        "don’t stop,        Don't Stop",
        "night drive,       late_night_drive",
        "GROSSE,            Größe",
        "ジャズ,             東京ジャズ",
        "東京,               東京ジャズ",
        "джаз,              Ночной Джаз",
        "🎵,                 Song 🎵",
        "chill,             Tagged"
    })
    void findsWords(String query, String expected) {
        track("Summer Vibes", "John Doe", "Electronica");
        track("Été", "Zoë", null);
        track("Clam Lo-Fi Beat", "Clam", null);
        track("T.N.T.", "AC/DC", null);
        track("Don't Stop", "Somebody", null);
        track("late_night_drive", "Nobody", null);
        track("Größe", "Wer", null);
        track("東京ジャズ", "誰か", null);
        track("Ночной Джаз", "Кто", null);
        track("Song 🎵", "Emo", null);
        put(of("Tagged", "Anybody", null, List.of("chillout"), true));
        assertThat(found(query)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ummer", "summer winter", "2025", "sum3mer", "***", "!!!", "xyz"})
    void findsNothingElse(String query) {
        track("Summer 2024", "John Doe", "Electronica");
        assertThat(found(query)).isEmpty();
    }

    @Test
    void aRightWordFindsNoSimilarOnes() {
        track("Water", "One", null);
        track("Waiter", "Two", null);
        assertThat(found("water")).containsExactly("Water");
        assertThat(found("watter")).containsExactlyInAnyOrder("Water", "Waiter");
    }

    @Test
    void whatIsCalledSoComesFirstThenTitlesThenArtistsThenTheRest() {
        track("Other Things", "Nobody", "Moon");
        track("Other Song", "Moon", null);
        track("Moonlight", "Nobody", null);
        track("Moon Over Water", "Nobody", null);
        track("Moon", "Nobody", null);
        assertThat(found("moon"))
                .startsWith("Moon", "Moon Over Water")
                .endsWith("Other Things")
                .hasSize(5);
    }

    @Test
    void ofEquallyGoodOnesTheMorePopularComesFirstButNoWrongOneBeforeARightOne() {
        track("Rain One", "A", null);
        put(plays(of("Rain Two", "A", null, List.of(), true), 5_000));
        put(plays(of("Another Song", "A", "Rain", List.of(), true), 1_000_000));
        assertThat(found("rain")).containsExactly("Rain Two", "Rain One", "Another Song");
    }

    @Test
    void privateOnesAreFoundByTheirOwnersAlone() {
        put(of("Secret", "Ada", null, List.of(), false));
        assertThat(titles(search.find(TrackFilter.words(null, "secret"), TrackOrder.BEST, ALL)))
                .isEmpty();
        assertThat(titles(search.find(TrackFilter.words(BOB, "secret"), TrackOrder.BEST, ALL)))
                .isEmpty();
        assertThat(titles(search.find(TrackFilter.words(ADA, "secret"), TrackOrder.BEST, ALL)))
                .containsExactly("Secret");
    }

    @Test
    void ordersByEverythingAndPagesWithoutGapsOrRepeats() {
        for (int i = 0; i < 57; i++) {
            put(plays(of("Song " + (char) ('a' + i % 3), "Artist " + i % 5, null, List.of(), true), i % 7));
        }
        for (TrackOrder.Field field : TrackOrder.Field.values()) {
            for (boolean ascending : new boolean[] {true, false}) {
                TrackOrder order = new TrackOrder(field, ascending);
                List<UUID> paged = new ArrayList<>();
                for (int offset = 0; offset < 70; offset += 10) {
                    Page<UUID> page = page(search.find(everything(), order, new Paging(offset, 10)));
                    assertThat(page.total()).isEqualTo(57);
                    paged.addAll(page.items());
                }
                assertThat(paged)
                        .as(order.toString())
                        .doesNotHaveDuplicates()
                        .hasSize(57)
                        .isEqualTo(page(search.find(everything(), order, ALL)).items());
            }
        }
        assertThat(page(search.find(everything(), TrackOrder.NEWEST, new Paging(1_000_000, 10)))
                        .items())
                .isEmpty();
        assertThat(titles(search.find(everything(), new TrackOrder(TrackOrder.Field.TITLE, true), new Paging(0, 20))))
                .isSorted();
    }

    @Test
    void namesThatBeginAlikeAreInTheOrderOfTheWholeName() {
        List<String> names = List.of(
                "a", "A Long Title", "a long title 10", "A long title 2", "Élan", "elang", "zebra", "Ωmega", "漢字");
        List.of(3, 8, 0, 5, 2, 7, 4, 1, 6).forEach(i -> track(names.get(i), names.get(8 - i), null));
        assertThat(titles(search.find(everything(), new TrackOrder(TrackOrder.Field.TITLE, true), ALL)))
                .isEqualTo(names);
        assertThat(titles(search.find(everything(), new TrackOrder(TrackOrder.Field.ARTIST, true), ALL)))
                .isEqualTo(names.reversed());
    }

    @Test
    void countsAlsoWhereItStopsEarly() {
        for (int i = 0; i < 1_500; i++) {
            put(of("Song", "Artist", null, List.of(), true));
        }
        for (TrackOrder order : List.of(TrackOrder.NEWEST, new TrackOrder(TrackOrder.Field.TITLE, true))) {
            Page<UUID> page = page(search.find(everything(), order, new Paging(1_490, 20)));
            assertThat(page.total()).isEqualTo(1_500);
            assertThat(page.items()).hasSize(10);
        }
    }

    @Test
    void findsPlaylistsForWhoeverMaySeeThemAndPeopleByBothNames() {
        UUID carl = UUID.randomUUID();
        UUID open = UUID.randomUUID();
        UUID hidden = UUID.randomUUID();
        write(
                Kind.PLAYLISTS,
                new Findable.OfPlaylist(new Playlists.Playlist(open, ADA, "Night", "for driving", true, List.of(), 3)),
                new Findable.OfPlaylist(new Playlists.Playlist(hidden, ADA, "Night two", "", false, List.of(carl), 3)));
        assertThat(page(search.find(Kind.PLAYLISTS, "night", null, ALL)).items())
                .containsExactly(open);
        assertThat(page(search.find(Kind.PLAYLISTS, "driving", null, ALL)).items())
                .containsExactly(open);
        assertThat(page(search.find(Kind.PLAYLISTS, "night", BOB, ALL)).items()).containsExactly(open);
        assertThat(page(search.find(Kind.PLAYLISTS, "night", ADA, ALL)).items())
                .containsExactlyInAnyOrder(open, hidden);
        assertThat(page(search.find(Kind.PLAYLISTS, "night", carl, ALL)).items())
                .containsExactlyInAnyOrder(open, hidden);
        write(Kind.USERS, new Findable.OfPerson(person(carl, "carl_99", "Charlotte")));
        assertThat(page(search.find(Kind.USERS, "carl", null, ALL)).items()).containsExactly(carl);
        assertThat(page(search.find(Kind.USERS, "charlote", null, ALL)).items()).containsExactly(carl);
        assertThat(page(search.find(Kind.ALBUMS, "night", ADA, ALL)).items()).isEmpty();
    }

    @Test
    void artistsAreWhoHasSomethingThatEverybodySees() {
        write(
                Kind.USERS,
                new Findable.OfPerson(person(ADA, "ada", null)),
                new Findable.OfPerson(person(BOB, "bob", null)));
        put(of("Secret", "Ada", null, List.of(), false));
        assertThat(page(search.artists(ALL)).items()).isEmpty();
        Versioned<Track> open = of("Open", "Ada", null, List.of(), true);
        put(open);
        assertThat(page(search.artists(ALL)).items()).containsExactly(ADA);
        store.write(Kind.TRACKS, List.of(open.id()), List.of(), 1).block();
        assertThat(page(search.artists(ALL)).items()).isEmpty();
    }

    @Test
    void whatARoundDidNotComeAcrossIsGone() {
        Versioned<Track> kept = of("Kept Song", "A", null, List.of(), true);
        put(kept);
        track("Lost Song", "A", null);
        store.write(Kind.TRACKS, List.of(kept.id()), List.of(new Findable.OfTrack(kept)), 2)
                .block();
        store.complete(2).block();
        assertThat(found("song")).containsExactly("Kept Song");
    }

    @Test
    void anIndexOnDiskIsThereAfterARestartOnceItWasComplete() throws IOException {
        close();
        open(folder.resolve("index"));
        track("Half", "A", null);
        close();
        open(folder.resolve("index"));
        assertThat(index.isComplete()).isFalse();
        assertThat(found("half")).isEmpty();
        track("Whole", "A", null);
        store.complete(1).block();
        track("Later", "A", null);
        store.save().block();
        close();
        open(folder.resolve("index"));
        assertThat(index.isComplete()).isTrue();
        assertThat(found("whole")).containsExactly("Whole");
        assertThat(found("later")).containsExactly("Later");
    }

    @Test
    void aDamagedIndexIsMadeAnew() throws IOException {
        close();
        open(folder.resolve("index"));
        track("Whole", "A", null);
        store.complete(1).block();
        close();
        try (Stream<Path> files = Files.list(folder.resolve("index"))) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("segments_")) {
                    Files.write(file, new byte[] {1, 2, 3});
                }
            }
        }
        open(folder.resolve("index"));
        assertThat(index.isComplete()).isFalse();
        track("New", "A", null);
        assertThat(found("new")).containsExactly("New");
    }

    @Test
    void twoInstancesDoNotShareADirectory() throws IOException {
        close();
        open(folder.resolve("index"));
        assertThatThrownBy(() -> new LuceneIndex(new SearchSettings(folder.resolve("index"))))
                .isInstanceOf(LockObtainFailedException.class);
    }

    private List<String> found(String query) {
        return titles(search.find(TrackFilter.words(null, query), TrackOrder.BEST, ALL));
    }

    private List<String> titles(Mono<Page<UUID>> page) {
        return page(page).items().stream().map(titles::get).toList();
    }

    private static Page<UUID> page(Mono<Page<UUID>> page) {
        Page<UUID> found = page.block();
        assertThat(found).isNotNull();
        return found;
    }

    private static TrackFilter everything() {
        return new TrackFilter(null, null, null, null, null, null, null, null, null);
    }

    private void track(String title, String artist, @Nullable String genre) {
        put(of(title, artist, genre, List.of(), true));
    }

    private Versioned<Track> of(
            String title, String artist, @Nullable String genre, List<String> tags, boolean isPublic) {
        TrackNotes notes = new TrackNotes(null, null, tags, null, null, null, null, null);
        Track track = Track.uploaded(
                        ADA,
                        "owner",
                        new TrackDetails(title, artist, null, genre, null, isPublic, notes),
                        new AudioFacts("mp3", "mp3", "audio/mpeg", 61.2 + made, 44_100, 2, 192, 1000),
                        "etag",
                        NOW.plusSeconds(made / 2))
                .state();
        made++;
        return new Versioned<>(Ids.next(), 1, (long) made, track);
    }

    private static Versioned<Track> plays(Versioned<Track> track, long plays) {
        return new Versioned<>(
                track.id(),
                track.version(),
                track.number(),
                track.state().counted(new TrackCounts(0, plays, 0)).state());
    }

    private void put(Versioned<Track> track) {
        titles.put(track.id(), track.state().details().title());
        write(Kind.TRACKS, new Findable.OfTrack(track));
    }

    private void write(Kind kind, Findable... things) {
        List<Findable> all = List.of(things);
        store.write(kind, all.stream().map(Findable::id).toList(), all, 1).block();
    }

    private static People.Person person(UUID id, String username, @Nullable String displayName) {
        return new People.Person(
                id, username, true, displayName, null, null, null, null, null, People.SocialLinks.NONE, NOW, NOW);
    }
}
