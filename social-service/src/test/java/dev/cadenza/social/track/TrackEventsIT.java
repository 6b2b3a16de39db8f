package dev.cadenza.social.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.contracts.catalog.v1.TrackSnapshot;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.social.SocialIT;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackEventsIT extends SocialIT {

    private static final String TOPIC = "catalog.track.v1";

    private final UUID owner = Ids.next();

    @Test
    void followsTheCatalogWhateverTheOrder() {
        UUID track = Ids.next();
        tell(track, 5, "catalog.track.updated", false);
        tell(track, 3, "catalog.track.uploaded", true);
        tell(track, 5, "catalog.track.updated", true);
        UUID last = after(track);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(known(last)).isNotNull());
        assertThat(known(track)).isEqualTo(new Track(track, owner, false));
    }

    @Test
    void aDeletedTrackStaysDeleted() {
        UUID track = Ids.next();
        tell(track, 1, "catalog.track.uploaded", true);
        tell(track, 9, "catalog.track.deleted", true);
        tell(track, 8, "catalog.track.updated", true);
        tell(track, 10, "catalog.track.unheard_of", true);
        UUID last = after(track);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(known(last)).isNotNull());
        assertThat(known(track)).isNull();
    }

    /** Another track, told of behind all that was told of this one: on the same partition. */
    private UUID after(UUID track) {
        UUID last = Ids.next();
        Published.event(TOPIC, track, 1, "catalog.track.uploaded", snapshot(last, true), Instant.now());
        return last;
    }

    private void tell(UUID track, long seq, String type, boolean isPublic) {
        Published.event(TOPIC, track, seq, type, snapshot(track, isPublic), Instant.now());
    }

    private @Nullable Track known(UUID track) {
        return tracks.find(track).block();
    }

    private TrackSnapshot snapshot(UUID track, boolean isPublic) {
        return new TrackSnapshot(
                track,
                1,
                owner,
                "ada",
                "Song",
                "Ada",
                null,
                null,
                null,
                1.5,
                "wav",
                10,
                null,
                isPublic,
                "completed",
                null,
                Instant.now());
    }
}
