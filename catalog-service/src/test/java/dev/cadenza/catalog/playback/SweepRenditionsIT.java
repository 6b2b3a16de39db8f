package dev.cadenza.catalog.playback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.track.AudioFacts;
import dev.cadenza.catalog.track.Track;
import dev.cadenza.catalog.track.TrackDetails;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.catalog.track.Tracks;
import dev.cadenza.platform.core.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@CatalogIntegrationTest
class SweepRenditionsIT {

    @Autowired
    Renditions renditions;

    @Autowired
    Tracks tracks;

    @Autowired
    PlaybackSettings settings;

    @Autowired
    TrackSettings trackSettings;

    @TempDir
    Path folder;

    @Test
    void whatIsOldOrBelongsToNoTrackIsRemoved() throws IOException {
        UUID track = Ids.next();
        tracks.add(
                        track,
                        Track.uploaded(
                                Ids.next(),
                                "ada",
                                new TrackDetails("Song", "Ada", null, null, null, true),
                                new AudioFacts("wav", "pcm_s16le", "audio/wav", 1, 44_100, 2, 1411, 100),
                                "etag",
                                Instant.now()))
                .block();
        UUID gone = Ids.next();
        Path file = Files.writeString(folder.resolve("rendition"), "bytes");
        for (UUID id : List.of(track, gone)) {
            renditions.store(id, "mp3-192", file, "audio/mpeg").block();
            renditions
                    .store(id, "hls-64", file, new Fragments(1, List.of(new Fragments.Fragment(1, 4, 300))))
                    .block();
        }

        sweepIn(Duration.ZERO);
        assertThat(kept(track)).isTrue();
        assertThat(kept(gone)).isTrue();
        assertThat(renditions.fragments(gone, "hls-64").blockOptional()).isPresent();

        sweepIn(trackSettings.sweep().orphanAge().plusMinutes(1));
        assertThat(kept(track)).isTrue();
        assertThat(kept(gone)).isFalse();
        assertThat(renditions.fragments(gone, "hls-64").blockOptional()).isEmpty();

        sweepIn(settings.keepRenditions().plusMinutes(1));
        assertThat(kept(track)).isFalse();
    }

    private void sweepIn(Duration later) {
        Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
        new SweepRenditions(renditions, tracks, settings, trackSettings, clock)
                .sweep()
                .block();
    }

    private boolean kept(UUID track) {
        return renditions.find(track, "mp3-192").blockOptional().isPresent();
    }
}
