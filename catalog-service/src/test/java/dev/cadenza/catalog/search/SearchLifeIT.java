package dev.cadenza.catalog.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.catalog.CatalogApplication;
import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.LibraryTests;
import dev.cadenza.catalog.TestAudio;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackFilter;
import dev.cadenza.catalog.track.TrackOrder;
import dev.cadenza.contracts.analytics.v1.PlayRecorded;
import dev.cadenza.contracts.playlist.v1.PlaylistSnapshot;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.testing.Published;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;

/** What one instance writes, another finds; what nobody heard of, a start finds. */
class SearchLifeIT extends LibraryTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Paging TEN = new Paging(0, 10);

    @TempDir
    Path folder;

    private final String word = "w" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void anotherInstanceFindsWhatThisOneWritesAlsoWhatItMissedAndMakesItsIndexAnewWhenAsked() {
        try (ConfigurableApplicationContext other = another()) {
            SearchEverything search = other.getBean(SearchEverything.class);
            String one = upload("One " + word);
            String two = upload("Two " + word);
            UUID playlist = UUID.randomUUID();
            Published.event(
                    "playlist.playlist.v1",
                    playlist,
                    5,
                    "playlist.playlist.created",
                    new PlaylistSnapshot(
                            playlist, 1, ada.id(), "List " + word, "", true, List.of(), null, Instant.now()),
                    Instant.now());
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(tracks(search)).containsExactlyInAnyOrder("One " + word, "Two " + word);
                assertThat(search(search).playlists().items())
                        .extracting(Playlists.Playlist::id)
                        .containsExactly(playlist);
            });
            UUID play = UUID.randomUUID();
            Published.event(
                    "analytics.play.v1",
                    play,
                    1,
                    "analytics.play.recorded",
                    new PlayRecorded(play, UUID.fromString(one), ada.id(), null, 10, Instant.now()),
                    Instant.now());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(popular(other))
                            .extracting(track -> track.id().toString())
                            .containsExactly(one, two));
            json(HttpMethod.PUT, "/api/v1/tracks/" + one, ada, Map.of("is_public", false))
                    .expect(200);
            delete("/api/v1/tracks/" + two, ada).expect(200);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tracks(search)).isEmpty());
        }
        upload("Missed " + word);
        try (ConfigurableApplicationContext other = another()) {
            SearchEverything search = other.getBean(SearchEverything.class);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tracks(search)).containsExactly("Missed " + word));
            // as an index would have it that is wrong for whatever reason
            People.Person ghost = new People.Person(
                    UUID.randomUUID(),
                    "ghost_" + word,
                    true,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    People.SocialLinks.NONE,
                    Instant.now(),
                    null);
            await().atMost(PATIENCE).until(() -> {
                other.getBean(IndexStore.class)
                        .write(Kind.USERS, List.of(ghost.id()), List.of(new Findable.OfPerson(ghost)), 1)
                        .block();
                return ghosts(other) == 1;
            });
            User admin = User.make("root", "admin");
            send(HttpMethod.POST, "/musewave/search/rebuild/", admin).expect(202);
            await().atMost(PATIENCE).until(() -> ghosts(other) == 0);
            assertThat(tracks(search)).containsExactly("Missed " + word);
        }
    }

    private long ghosts(ConfigurableApplicationContext other) {
        Page<UUID> page = other.getBean(SearchIndex.class)
                .find(Kind.USERS, "ghost " + word, null, TEN)
                .block();
        assertThat(page).isNotNull();
        return page.total();
    }

    private String upload(String title) {
        return form(HttpMethod.POST, "/api/v1/tracks", ada, "file", TestAudio.wav(), "title", title, "artist", "Ada")
                .expect(201)
                .json()
                .at("/data/track/id")
                .asString();
    }

    private SearchEverything.Result search(SearchEverything search) {
        SearchEverything.Result found = search.search(word, Set.of(Kind.TRACKS, Kind.PLAYLISTS), null, TEN)
                .block();
        assertThat(found).isNotNull();
        return found;
    }

    private List<String> tracks(SearchEverything search) {
        return search(search).tracks().items().stream()
                .map(track -> track.state().details().title())
                .toList();
    }

    private List<Versioned<Track>> popular(ConfigurableApplicationContext other) {
        Page<Versioned<Track>> page = other.getBean(dev.cadenza.catalog.track.BrowseTracks.class)
                .browse(TrackFilter.words(null, word), new TrackOrder(TrackOrder.Field.POPULARITY, false), TEN)
                .block();
        assertThat(page).isNotNull();
        return page.items();
    }

    private ConfigurableApplicationContext another() {
        return new SpringApplicationBuilder(CatalogApplication.class)
                .initializers(new CatalogIntegrationTest.StandIns())
                .properties(
                        "cadenza.events.partitions=1",
                        "cadenza.events.relay.poll=200ms",
                        "cadenza.catalog.search.directory=" + folder.resolve("index"))
                // said here, for the service's own settings name a port
                .run("--server.port=0");
    }
}
