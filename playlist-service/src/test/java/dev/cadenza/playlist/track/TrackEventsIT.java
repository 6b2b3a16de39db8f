package dev.cadenza.playlist.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.playlist.PlaylistIT;
import dev.cadenza.playlist.playlist.AddTrack;
import dev.cadenza.playlist.playlist.CreatePlaylist;
import dev.cadenza.playlist.playlist.PlaylistFacts;
import dev.cadenza.playlist.playlist.Playlists;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TrackEventsIT extends PlaylistIT {

    private static final String TOPIC = "catalog.track.v1";

    @Autowired
    private CreatePlaylist createPlaylist;

    @Autowired
    private AddTrack addTrack;

    @Autowired
    private Playlists playlists;

    private final UUID owner = Ids.next();

    @Test
    void followsTheCatalogWhateverTheOrder() {
        UUID track = Ids.next();
        tell(track, 5, "catalog.track.updated", "New", "completed");
        tell(track, 3, "catalog.track.uploaded", "Old", "completed");
        UUID last = after(track);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(known(last)).isNotNull());
        assertThat(known(track)).isEqualTo(new Track(track, 1, owner, "ada", "New", "Ada", null, 1.5, true));
    }

    @Test
    void aTrackThatCouldNotBeProcessedIsItsOwnersAlone() {
        UUID track = Ids.next();
        tell(track, 1, "catalog.track.failed", "Song", "failed");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(known(track)).isNotNull());
        assertThat(known(track)).extracting(Track::isPublic).isEqualTo(false);
    }

    @Test
    void aDeletedTrackLeavesEveryPlaylist() {
        UUID track = Ids.next();
        tracks.store(new Track(track, 1, owner, "ada", "Song", "Ada", null, 1.5, true), 1)
                .block();
        UUID first = playlistWith(track);
        UUID second = playlistWith(track);
        tell(track, 2, "catalog.track.deleted", "Song", "completed");
        tell(track, 2, "catalog.track.deleted", "Song", "completed");
        tell(track, 1, "catalog.track.uploaded", "Song", "completed");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(entries(first)).isZero();
            assertThat(entries(second)).isZero();
        });
        UUID last = after(track);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(known(last)).isNotNull());
        assertThat(known(track)).isNull();
    }

    private UUID playlistWith(UUID track) {
        return createPlaylist
                .create(owner, "ada", new PlaylistFacts("Mine", null, null), null)
                .flatMap(playlist -> addTrack.add(playlist.id(), owner, track))
                .blockOptional()
                .orElseThrow()
                .id();
    }

    private int entries(UUID playlist) {
        return playlists
                .find(playlist)
                .blockOptional()
                .orElseThrow()
                .state()
                .entries()
                .size();
    }

    /** Another track, told of behind all that was told of this one: on the same partition. */
    private UUID after(UUID track) {
        UUID last = Ids.next();
        Published.event(TOPIC, track, 1, "catalog.track.uploaded", snapshot(last, "Last", "completed"), Instant.now());
        return last;
    }

    private void tell(UUID track, long seq, String type, String title, String status) {
        Published.event(TOPIC, track, seq, type, snapshot(track, title, status), Instant.now());
    }

    private @Nullable Track known(UUID track) {
        return tracks.find(track).block();
    }

    private TrackSnapshot snapshot(UUID track, String title, String status) {
        return new TrackSnapshot(
                track,
                1,
                owner,
                "ada",
                title,
                "Ada",
                null,
                null,
                null,
                1.5,
                "wav",
                10,
                null,
                true,
                status,
                null,
                Instant.now());
    }
}
