package dev.cadenza.catalog.album;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.track.AudioFacts;
import dev.cadenza.catalog.track.DeleteTrack;
import dev.cadenza.catalog.track.DescribeTrack;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.idempotency.RepeatableRequest;
import dev.cadenza.platform.testing.Published;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

@CatalogIntegrationTest
class AlbumLifeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Paging FIRST = new Paging(0, 50);

    @Autowired
    Albums albums;

    @Autowired
    Tracks tracks;

    @Autowired
    DescribeTrack describe;

    @Autowired
    DeleteTrack deleteTrack;

    @Autowired
    CreateAlbum create;

    @Autowired
    UpdateAlbum update;

    @Autowired
    DeleteAlbum delete;

    @Autowired
    FindAlbum find;

    @Autowired
    ListAlbums list;

    @Autowired
    FindAlbumsOfTracks albumsOf;

    @Autowired
    EraseAlbums erase;

    private final UUID ada = Ids.next();
    private final UUID bob = Ids.next();

    @Test
    void aTrackIsInOneAlbumAtMostAndMovesToTheLastThatAskedForIt() {
        List<UUID> songs = songs(ada, 3);
        UUID first = made(ada, true, songs);
        assertThat(shown(first, bob)).containsExactlyElementsOf(songs);

        UUID second = made(ada, true, List.of(songs.get(2), songs.get(0)));
        assertThat(shown(first, bob)).containsExactly(songs.get(1));
        assertThat(shown(second, bob)).containsExactly(songs.get(2), songs.get(0));
        assertThat(albumsOf.of(songs, bob).block())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(songs.get(0), second, songs.get(1), first, songs.get(2), second));

        update.update(first, ada, AlbumDetails.Change.NONE, songs).block();
        assertThat(shown(first, bob)).containsExactlyElementsOf(songs);
        assertThat(shown(second, bob)).isEmpty();
        // albums without tracks do not get in each other's way
        assertThat(shown(made(ada, true, List.of()), bob)).isEmpty();

        delete.delete(first, ada).block();
        assertThat(albumsOf.of(songs, ada).block()).isEmpty();
        assertThat(tracks.all(songs).collectList().block()).hasSize(3);
    }

    @Test
    void tracksOfAMoveThatDiedInBetweenGoBackWhereTheyWere() {
        List<UUID> songs = songs(ada, 4);
        UUID from = made(ada, true, songs);
        AlbumTracks moving = new AlbumTracks(albums, tracks, Clock.systemUTC());
        List<UUID> wanted = List.of(songs.get(0), songs.get(2), songs.get(3));
        // whoever would write the other album is no more
        assertThat(moving.moved(wanted, Ids.next(), Mono.empty()).block()).isNull();
        assertThat(shown(from, bob)).containsExactly(songs.get(1));
        deleteTrack.delete(songs.get(3), ada).block();
        UUID later = made(ada, true, List.of(songs.get(2)));

        returned(Duration.ZERO);
        assertThat(shown(from, bob)).containsExactly(songs.get(1));
        returned(Duration.ofMinutes(2));
        assertThat(albums.find(from).blockOptional().orElseThrow().state().trackIds())
                .containsExactly(songs.get(0), songs.get(1));
        assertThat(shown(later, bob)).containsExactly(songs.get(2));
    }

    @Test
    void tracksThatArrivedDoNotComeBack() {
        List<UUID> songs = songs(ada, 2);
        UUID from = made(ada, true, songs);
        delete.delete(made(ada, true, songs), ada).block();
        returned(Duration.ofMinutes(2));
        assertThat(shown(from, ada)).isEmpty();
    }

    private void returned(Duration later) {
        new ReturnTracks(albums, tracks, Clock.offset(Clock.systemUTC(), later))
                .returnTracks()
                .block();
    }

    @Test
    void albumsThatAskForTheSameTracksAtTheSameMomentShareNone() {
        List<UUID> songs = songs(ada, 4);
        List<UUID> albums = Flux.range(0, 4)
                .flatMap(i -> create.create(ada, "ada", titled("Number " + i, true), songs)
                        .map(album -> album.album().id())
                        // one that lost every time gives up
                        .onErrorResume(FailureException.class, error -> Mono.empty())
                        .subscribeOn(Schedulers.parallel()))
                .collectList()
                .blockOptional()
                .orElseThrow();
        List<UUID> all = albums.stream().flatMap(id -> shown(id, ada).stream()).toList();
        assertThat(all).doesNotHaveDuplicates();
        assertThat(albums.stream().map(id -> shown(id, ada).size())).contains(4);
    }

    @Test
    void othersSeePublishedAlbumsAndInThemWhatIsPublished() {
        List<UUID> songs = songs(ada, 2);
        UUID album = made(ada, false, songs);
        assertThat(refusal(find.find(album, bob))).isInstanceOf(Failure.NotFound.class);
        assertThat(refusal(find.find(album, null))).isInstanceOf(Failure.NotFound.class);
        assertThat(shown(album, ada)).hasSize(2);
        assertThat(list.of(ada, bob, FIRST).block()).isEmpty();
        assertThat(albumsOf.of(songs, bob).block()).isEmpty();

        update.update(album, ada, published(true), null).block();
        describe.describe(songs.get(0), ada, new TrackDetails.Change(null, null, null, null, null, false))
                .block();
        assertThat(shown(album, bob)).containsExactly(songs.get(1));
        assertThat(shown(album, ada)).containsExactlyElementsOf(songs);
        assertThat(list.of(ada, bob, FIRST).block())
                .singleElement()
                .satisfies(seen -> assertThat(seen.trackCount()).isEqualTo(1));
    }

    @Test
    void onlyTheOwnerChangesAnAlbum() {
        UUID hidden = made(ada, false, List.of());
        UUID open = made(ada, true, List.of());
        assertThat(refusal(update.update(hidden, bob, published(true), null))).isInstanceOf(Failure.NotFound.class);
        assertThat(refusal(delete.delete(hidden, bob))).isInstanceOf(Failure.NotFound.class);
        assertThat(refusal(update.update(open, bob, published(false), null))).isInstanceOf(Failure.Forbidden.class);
        assertThat(refusal(delete.delete(open, bob))).isInstanceOf(Failure.Forbidden.class);
        delete.delete(open, ada).block();
        assertThat(refusal(delete.delete(open, ada))).isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void anAlbumTakesOnlyTracksOfItsOwnerEachOnce() {
        List<UUID> own = songs(ada, 1);
        UUID album = made(ada, true, own);
        UUID foreign = songs(bob, 1).getFirst();
        for (List<UUID> wrong : List.of(
                List.of(foreign),
                List.of(Ids.next()),
                List.of(own.getFirst(), own.getFirst()),
                IntStream.rangeClosed(0, Album.MOST_TRACKS)
                        .mapToObj(i -> Ids.next())
                        .toList())) {
            assertThat(refusal(create.create(ada, "ada", titled("X", true), wrong)))
                    .isInstanceOfSatisfying(
                            Failure.Invalid.class,
                            failure -> assertThat(failure.violations())
                                    .singleElement()
                                    .satisfies(violation ->
                                            assertThat(violation.field()).isEqualTo("track_ids")));
            assertThat(refusal(update.update(album, ada, AlbumDetails.Change.NONE, wrong)))
                    .isInstanceOf(Failure.Invalid.class);
        }
        // what was refused moved nothing
        assertThat(refusal(create.create(ada, "ada", titled("", true), own))).isInstanceOf(Failure.Invalid.class);
        assertThat(refusal(update.update(made(ada, true, List.of()), ada, titled(" ", true), own)))
                .isInstanceOf(Failure.Invalid.class);
        assertThat(shown(album, ada)).containsExactlyElementsOf(own);
    }

    @Test
    void aDeletedTrackLeavesItsAlbumAndEveryChangeIsTold() {
        List<UUID> songs = songs(ada, 2);
        UUID album = made(ada, true, songs);
        deleteTrack.delete(songs.get(0), ada).block();
        assertThat(shown(album, ada)).containsExactly(songs.get(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages(album)).last().satisfies(message -> {
                    assertThat(message.path("type").asString()).isEqualTo("catalog.album.updated");
                    assertThat(message.path("data").path("trackIds"))
                            .singleElement()
                            .satisfies(id -> assertThat(id.asString())
                                    .isEqualTo(songs.get(1).toString()));
                }));
        delete.delete(album, ada).block();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages(album))
                        .extracting(message -> message.path("type").asString())
                        .containsExactly("catalog.album.created", "catalog.album.updated", "catalog.album.deleted"));
    }

    @Test
    void theAlbumsOfADeletedAccountGoAndNothingIsToldOfThem() {
        UUID album = made(ada, true, songs(ada, 1));
        UUID kept = made(bob, true, List.of());
        erase.erase(ada).block();
        erase.erase(ada).block();
        assertThat(refusal(find.find(album, ada))).isInstanceOf(Failure.NotFound.class);
        assertThat(shown(kept, null)).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messages(album)).last().satisfies(message -> {
                    assertThat(message.path("type").asString()).isEqualTo("catalog.album.deleted");
                    assertThat(message.toString()).doesNotContain("Summer", "\"ada\"");
                }));
    }

    @Test
    void aRequestThatIsMadeAgainFindsWhatItMade() {
        RepeatableRequest request = new RepeatableRequest("request " + ada, Instant.now());
        List<UUID> songs = songs(ada, 1);
        Mono<UUID> made = create.create(ada, "ada", titled("Once", true), songs)
                .map(album -> album.album().id())
                .contextWrite(context -> context.put(RepeatableRequest.class, request));
        UUID first = made.blockOptional().orElseThrow();
        assertThat(made.block()).isEqualTo(first);
        assertThat(list.of(ada, ada, FIRST).block()).hasSize(1);
        assertThat(shown(first, ada)).containsExactlyElementsOf(songs);
    }

    @Test
    void everyWrongFieldIsNamed() {
        AlbumDetails.Change wrong = new AlbumDetails.Change(
                null,
                "a".repeat(201),
                "g".repeat(101),
                "d".repeat(5_001),
                "ftp://x",
                "c".repeat(201),
                null,
                false,
                null);
        assertThatThrownBy(() -> AlbumDetails.of(wrong, "ada"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        error -> assertThat(((Failure.Invalid) error.failure()).violations())
                                .extracting(Failure.Violation::field)
                                .containsExactly(
                                        "title", "artist", "genre", "description", "cover_url", "cover_gradient"));
    }

    private UUID made(UUID owner, boolean published, List<UUID> songs) {
        return create.create(owner, owner.equals(ada) ? "ada" : "bob", titled("Summer", published), songs)
                .blockOptional()
                .orElseThrow()
                .album()
                .id();
    }

    private List<UUID> songs(UUID owner, int count) {
        AudioFacts audio = new AudioFacts("mp3", "", "audio/mpeg", 10, 0, 0, 0, 100);
        return IntStream.range(0, count)
                .mapToObj(i -> tracks.add(
                                Ids.next(),
                                Track.linked(
                                        owner,
                                        "ada",
                                        new TrackDetails("Song " + i, "Ada", null, null, null, true),
                                        audio,
                                        "https://example.com/" + i + ".mp3",
                                        Instant.now()))
                        .blockOptional()
                        .orElseThrow()
                        .id())
                .toList();
    }

    private List<UUID> shown(UUID album, @Nullable UUID viewer) {
        return find.find(album, viewer).blockOptional().orElseThrow().tracks().stream()
                .map(Versioned::id)
                .toList();
    }

    private static AlbumDetails.Change titled(String title, boolean published) {
        return new AlbumDetails.Change(title, null, null, null, null, null, null, false, published);
    }

    private static AlbumDetails.Change published(boolean published) {
        return new AlbumDetails.Change(null, null, null, null, null, null, null, false, published);
    }

    private static Failure refusal(Mono<?> refused) {
        return refused.<Failure>map(ignored -> new Failure.NotFound("none", "Nothing was refused."))
                .onErrorResume(FailureException.class, error -> Mono.just(error.failure()))
                .blockOptional()
                .orElseThrow();
    }

    private static List<JsonNode> messages(UUID album) {
        return Published.on(
                "catalog.album.v1",
                message -> message.path("data").path("albumId").asString().equals(album.toString()));
    }
}
