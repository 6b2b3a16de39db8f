package dev.cadenza.generation.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadenza.generation.GenerationIntegrationTest;
import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.model.Quality;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.storage.ObjectStore;
import dev.cadenza.platform.testing.Published;
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

@GenerationIntegrationTest
class EraseGenerationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long ATTEMPT = 1_001_000_000_001L;

    @Autowired
    Generations generations;

    @Autowired
    EraseGenerations eraseGenerations;

    @Autowired
    ObjectStore store;

    @TempDir
    Path folder;

    @Test
    void theSongsOfADeletedAccountGoAndItsJobsAreCalledOff() throws IOException {
        UUID account = Ids.next();
        UUID other = Ids.next();
        UUID running = running(account);
        UUID kept = running(other);

        Published.account(other, "bob", "updated", 1);
        Published.account(account, "ann", "deleted", 1);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(there(running)).isFalse();
            assertThat(objects(running)).isZero();
        });
        assertThat(there(kept)).isTrue();
        assertThat(objects(kept)).isEqualTo(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Published.on(
                                "generation.control.v1",
                                event -> event.path("data")
                                        .path("jobId")
                                        .asString()
                                        .equals(running.toString())))
                        .isNotEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Published.on(
                                "generation.generation.v1",
                                event -> event.path("data")
                                        .path("generationId")
                                        .asString()
                                        .equals(running.toString())))
                        .last()
                        .satisfies(event -> {
                            assertThat(event.path("type").asString()).isEqualTo("generation.generation.deleted");
                            assertThat(event.path("data").path("title").asString())
                                    .isEmpty();
                        }));

        eraseGenerations.erase(other).block();
        eraseGenerations.erase(other).block();
        assertThat(there(kept)).isFalse();
        assertThat(objects(kept)).isZero();
    }

    private boolean there(UUID id) {
        return Boolean.TRUE.equals(
                generations.existing(List.of(id)).hasElements().block());
    }

    private long objects(UUID id) {
        return store.list("generation/jobs/" + id + "/").count().blockOptional().orElseThrow();
    }

    /** As a row of its own, so that no worker ever sees it wait. */
    private UUID running(UUID owner) throws IOException {
        UUID id = Ids.next();
        GenerationRequest request = new GenerationRequest(
                "cadenza-composer",
                Wishes.of("rock"),
                "rock",
                List.of(SongFormat.MIDI),
                Quality.LOW,
                false,
                "",
                List.of(),
                null,
                null,
                List.of());
        Generation state = Generation.queued(RequestGeneration.names(), owner, request, null, Instant.now())
                .state()
                .reported(new JobReport(
                        id, ATTEMPT, JobReport.Kind.STARTED, 0, "", Map.of(), null, "test", Instant.now()))
                .orElseThrow()
                .state();
        generations.add(id, Change.of(state, new GenerationEvent.Started())).block();
        store.put(
                        "generation/jobs/" + id + "/" + ATTEMPT + "/song.mid",
                        Files.writeString(folder.resolve("song"), "song"),
                        "audio/midi")
                .block();
        return id;
    }
}
