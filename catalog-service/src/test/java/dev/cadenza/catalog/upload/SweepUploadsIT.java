package dev.cadenza.catalog.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.catalog.CatalogIntegrationTest;
import dev.cadenza.catalog.track.TrackSettings;
import dev.cadenza.platform.core.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@CatalogIntegrationTest
class SweepUploadsIT {

    @Autowired
    UploadSessions sessions;

    @Autowired
    Chunks chunks;

    @Autowired
    UploadSettings settings;

    @Autowired
    TrackSettings trackSettings;

    @Autowired
    EraseUploads eraseUploads;

    @TempDir
    Path folder;

    @Test
    void abandonedUploadsAndChunksOfNoneAreSwept() throws IOException {
        UUID upload = begun(Ids.next());
        UUID orphan = Ids.next();
        chunk(orphan);

        sweepIn(Duration.ZERO);
        assertThat(stored(upload)).isTrue();
        assertThat(stored(orphan)).isTrue();

        sweepIn(settings.keep().plus(trackSettings.sweep().orphanAge()));
        assertThat(stored(upload)).isFalse();
        assertThat(stored(orphan)).isFalse();
        assertThat(sessions.find(upload).blockOptional()).isEmpty();
    }

    @Test
    void uploadsOfADeletedAccountGo() throws IOException {
        UUID account = Ids.next();
        UUID gone = begun(account);
        UUID kept = begun(Ids.next());
        eraseUploads.erase(account).block();
        assertThat(sessions.find(gone).blockOptional()).isEmpty();
        assertThat(stored(gone)).isFalse();
        assertThat(stored(kept)).isTrue();
    }

    private UUID begun(UUID owner) throws IOException {
        UUID id = Ids.next();
        sessions.add(id, UploadSession.begun(owner, "song.wav", 2, 10, null, Instant.now()))
                .block();
        chunk(id);
        return id;
    }

    private void chunk(UUID upload) throws IOException {
        chunks.store(upload, 1, Files.writeString(folder.resolve("chunk"), "bytes"))
                .block();
    }

    private boolean stored(UUID upload) {
        return chunks.of(upload).hasElements().blockOptional().orElseThrow();
    }

    private void sweepIn(Duration later) {
        Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
        new SweepUploads(sessions, chunks, settings, trackSettings, clock)
                .sweep()
                .block();
    }
}
