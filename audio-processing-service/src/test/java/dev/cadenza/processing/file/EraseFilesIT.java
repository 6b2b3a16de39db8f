package dev.cadenza.processing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.testing.Published;
import dev.cadenza.processing.ProcessingIntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@ProcessingIntegrationTest
class EraseFilesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long ATTEMPT = 1_001_000_000_001L;

    @Autowired
    ProcessingFiles files;

    @Autowired
    FileObjects objects;

    @Autowired
    EraseFiles eraseFiles;

    @Autowired
    ObjectStore store;

    @TempDir
    Path folder;

    @Test
    void theFilesOfADeletedAccountGoWithTheirResultsAndItsJobsAreCalledOff() throws IOException {
        UUID account = Ids.next();
        UUID other = Ids.next();
        UUID running = running(account);
        UUID kept = running(other);

        Published.account(other, "bob", "updated", 1);
        Published.account(account, "ann", "deleted", 1);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(there(running)).isFalse();
            assertThat(stored(running)).isEmpty();
        });
        assertThat(there(kept)).isTrue();
        assertThat(stored(kept)).hasSize(2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Published.on(
                                "processing.control.v1",
                                event -> event.path("data")
                                        .path("jobId")
                                        .asString()
                                        .equals(running.toString())))
                        .isNotEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Published.on(
                                "processing.file.v1",
                                event -> event.path("data")
                                        .path("fileId")
                                        .asString()
                                        .equals(running.toString())))
                        .last()
                        .satisfies(event -> {
                            assertThat(event.path("type").asString()).isEqualTo("processing.file.deleted");
                            assertThat(event.toString()).doesNotContain("my voice");
                        }));

        eraseFiles.erase(other).block();
        eraseFiles.erase(other).block();
        assertThat(there(kept)).isFalse();
        assertThat(stored(kept)).isEmpty();
    }

    private boolean there(UUID id) {
        return Boolean.TRUE.equals(files.existing(List.of(id)).hasElements().block());
    }

    private List<String> stored(UUID id) {
        return store.list("processing/")
                .map(object -> object.key())
                .filter(key -> key.contains(id.toString()))
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    /** As a row of its own, so that no worker ever sees it wait. */
    private UUID running(UUID owner) throws IOException {
        UUID id = Ids.next();
        Path song = Files.writeString(folder.resolve("song"), "song");
        StoredPart original = objects.store(id, song, "my voice.wav", "audio/wav")
                .blockOptional()
                .orElseThrow();
        ProcessingFile state = ProcessingFile.uploaded(
                        owner,
                        Task.VOCAL,
                        new AudioFacts("wav", "pcm_s16le", "audio/wav", 3, 44_100, 2, 4),
                        original,
                        Instant.now())
                .state()
                .reported(new JobReport(
                        id, ATTEMPT, JobReport.Kind.STARTED, 0, "", Map.of(), null, "test", Instant.now()))
                .orElseThrow()
                .state();
        files.add(id, Change.of(state, new ProcessingFileEvent.Started())).block();
        store.put("processing/jobs/" + id + "/" + ATTEMPT + "/vocals.wav", song, "audio/wav")
                .block();
        return id;
    }
}
