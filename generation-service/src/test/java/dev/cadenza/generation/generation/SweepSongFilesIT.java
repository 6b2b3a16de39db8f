package dev.cadenza.generation.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.generation.GenerationIntegrationTest;
import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.model.Quality;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@GenerationIntegrationTest
class SweepSongFilesIT {

    private static final long LOST = 1_001_000_000_001L;
    private static final long LAST = 1_002_000_000_001L;

    @Autowired
    Generations generations;

    @Autowired
    SongFiles files;

    @Autowired
    GenerationSettings settings;

    @Autowired
    ObjectStore store;

    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private final UUID absent = Ids.next();
    private final UUID completed = Ids.next();
    private final UUID failed = Ids.next();
    private final UUID cancelled = Ids.next();
    private final UUID running = Ids.next();

    @AfterEach
    void leaveNothing() {
        for (UUID id : List.of(absent, completed, failed, cancelled, running)) {
            store.deletePrefix("generation/jobs/" + id + "/", key -> true).block();
        }
        generations.change(running, current -> current.cancelled(now)).block();
    }

    @Test
    void removesWhatNoSongHasOnceItIsOld() throws IOException {
        Generation started = reported(queued(), JobReport.Kind.STARTED);
        add(completed, reported(started, JobReport.Kind.COMPLETED));
        add(failed, reported(started, JobReport.Kind.FAILED));
        add(cancelled, started.cancelled(now).state());
        add(running, started);
        for (UUID id : List.of(absent, completed, failed, cancelled, running)) {
            put(key(id, LOST));
            put(key(id, LAST));
        }
        put("generation/jobs/" + absent + "/notes.txt");

        assertThat(settings.sweep().orphanAge()).isEqualTo(Duration.ofHours(24));
        sweepIn(Duration.ofHours(23));
        assertThat(kept(absent)).hasSize(3);
        assertThat(kept(cancelled)).hasSize(2);

        sweepIn(Duration.ofHours(25));
        assertThat(kept(absent)).containsExactly("generation/jobs/" + absent + "/notes.txt");
        assertThat(kept(completed)).containsExactly(key(completed, LAST));
        assertThat(kept(failed)).isEmpty();
        assertThat(kept(cancelled)).isEmpty();
        assertThat(kept(running)).containsExactly(key(running, LOST), key(running, LAST));
    }

    private void sweepIn(Duration time) {
        Clock later = Clock.fixed(now.plus(time), ZoneOffset.UTC);
        new SweepSongFiles(generations, files, settings, later).sweep().block();
    }

    private List<String> kept(UUID id) {
        List<String> keys = store.list("generation/jobs/" + id + "/")
                .map(object -> object.key())
                .collectList()
                .block();
        return keys == null ? List.of() : keys;
    }

    private void put(String key) throws IOException {
        store.put(key, Files.writeString(folder.resolve("song"), "song"), "audio/midi")
                .block();
    }

    private static String key(UUID id, long attempt) {
        return "generation/jobs/" + id + "/" + attempt + "/song.mid";
    }

    /** As a row of its own, so that no worker ever sees it wait. */
    private void add(UUID id, Generation state) {
        String name = id.toString().substring(24);
        generations
                .add(
                        id,
                        Change.of(
                                new Generation(
                                        "gen_test" + name,
                                        "task_test" + name,
                                        "track_test" + name,
                                        state.ownerId(),
                                        state.request(),
                                        null,
                                        state.createdAt(),
                                        state.job(),
                                        state.song()),
                                new GenerationEvent.Queued()))
                .block();
    }

    private Generation queued() {
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
        return Generation.queued(new Generation.Names("", "", ""), UUID.randomUUID(), request, null, now)
                .state();
    }

    private Generation reported(Generation generation, JobReport.Kind kind) {
        boolean done = kind == JobReport.Kind.COMPLETED;
        Song song = new Song(
                "test", "1", 7, "rock", "calm", 120, "C_major", "4/4", 30, List.of(), List.of(), -14, -1, 1, 1, 1,
                List.of(), List.of());
        return generation
                .reported(new JobReport(
                        absent,
                        LAST,
                        kind,
                        done ? 100 : 0,
                        "",
                        done ? SongFacts.write(song) : Map.of(),
                        kind == JobReport.Kind.FAILED ? new JobError("test.broken", "It broke.") : null,
                        "test",
                        now))
                .orElseThrow()
                .state();
    }
}
