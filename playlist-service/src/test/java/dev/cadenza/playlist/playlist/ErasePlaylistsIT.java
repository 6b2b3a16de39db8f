package dev.cadenza.playlist.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.testing.Published;
import dev.cadenza.playlist.PlaylistIT;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ErasePlaylistsIT extends PlaylistIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    private CreatePlaylist createPlaylist;

    @Autowired
    private AddTrack addTrack;

    @Autowired
    private Playlists playlists;

    @Autowired
    private ErasePlaylists erasePlaylists;

    @Test
    void thePlaylistsOfADeletedAccountGoAndNobodyElses() {
        User ann = User.named("ann");
        User bob = User.named("bob");
        UUID first = playlist(ann);
        UUID second = playlist(ann);
        UUID kept = playlist(bob);
        addTrack.add(first, ann.id(), track(bob, "Song", true)).block();
        Published.account(bob.id(), bob.username(), "updated", 1);
        Published.account(ann.id(), ann.username(), "deleted", 1);
        Published.account(ann.id(), ann.username(), "deleted", 1);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(playlists.find(first).blockOptional()).isEmpty();
            assertThat(playlists.find(second).blockOptional()).isEmpty();
        });
        assertThat(playlists.find(kept).blockOptional()).isPresent();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Published.on(
                                "playlist.playlist.v1",
                                event -> event.path("data")
                                        .path("playlistId")
                                        .asString()
                                        .equals(first.toString())))
                        .last()
                        .satisfies(event -> {
                            assertThat(event.path("type").asString()).isEqualTo("playlist.playlist.deleted");
                            assertThat(event.path("data").path("title").asString())
                                    .isEmpty();
                            assertThat(event.path("data").path("trackIds")).isEmpty();
                        }));
    }

    @Test
    void erasingGoesOnWhereItWasCutOff() {
        User ann = User.named("ann");
        List<UUID> all = List.of(playlist(ann), playlist(ann));
        playlists
                .find(all.getFirst())
                .flatMap(playlist -> playlists.delete(playlist, List.of(new PlaylistEvent.Erased())))
                .block();
        erasePlaylists.erase(ann.id()).block();
        erasePlaylists.erase(ann.id()).block();
        for (UUID id : all) {
            assertThat(playlists.find(id).blockOptional()).isEmpty();
        }
    }

    private UUID playlist(User owner) {
        return createPlaylist
                .create(owner.id(), owner.username(), new PlaylistFacts("Private thoughts", "of mine", false), null)
                .blockOptional()
                .orElseThrow()
                .id();
    }
}
