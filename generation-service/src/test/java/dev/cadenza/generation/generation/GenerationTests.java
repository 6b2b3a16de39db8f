package dev.cadenza.generation.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.generation.Wishes;
import dev.cadenza.generation.model.Quality;
import dev.cadenza.generation.model.SongFormat;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class GenerationTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Song SONG = new Song(
            "cadenza-composer",
            "1.0.0",
            5,
            "pop",
            "neutral",
            120,
            "C_major",
            "4/4",
            30.0,
            List.of("Piano"),
            List.of(new Song.Part("verse", 0, 10.5)),
            -14.1,
            -1.2,
            0.9,
            0.8,
            1,
            List.of(new Song.File(SongFormat.MP3, "generation/jobs/x/1/song.mp3", 5, "e", null, 44_100, 192, null)),
            List.of("instrumental"));

    @Test
    void aNewOneWaits() {
        Change<Generation, GenerationEvent> change = queued();
        assertThat(change.events()).containsExactly(new GenerationEvent.Queued());
        assertThat(change.state().status()).isEqualTo(GenerationStatus.QUEUED);
        assertThat(change.state().durationSeconds()).isEqualTo(30);
    }

    @Test
    void reportsMoveItOnAndEachStepIsToldOnce() {
        Generation state = queued().state();
        Change<Generation, GenerationEvent> started = report(state, JobReport.Kind.STARTED, Map.of(), null);
        assertThat(started.events()).containsExactly(new GenerationEvent.Started());
        Change<Generation, GenerationEvent> further = report(started.state(), JobReport.Kind.PROGRESS, Map.of(), null);
        assertThat(further.events()).isEmpty();
        Change<Generation, GenerationEvent> done =
                report(further.state(), JobReport.Kind.COMPLETED, SongFacts.write(SONG), null);
        assertThat(done.events()).containsExactly(new GenerationEvent.Completed());
        assertThat(done.state().song()).isEqualTo(SONG);
        assertThat(done.state().status()).isEqualTo(GenerationStatus.COMPLETED);
        assertThat(done.state().reported(jobReport(JobReport.Kind.FAILED, Map.of(), null)))
                .isEmpty();
    }

    @Test
    void aFailureIsKept() {
        Change<Generation, GenerationEvent> failed =
                report(queued().state(), JobReport.Kind.FAILED, Map.of(), new JobError("x.y", "No."));
        assertThat(failed.events()).containsExactly(new GenerationEvent.Failed());
        assertThat(failed.state().error()).isEqualTo(new JobError("x.y", "No."));
        failed.state().requireRetryable();
    }

    @Test
    void cancellingWorksOnce() {
        Change<Generation, GenerationEvent> cancelled = queued().state().cancelled(NOW);
        assertThat(cancelled.events()).containsExactly(new GenerationEvent.Cancelled());
        assertThatThrownBy(() -> cancelled.state().cancelled(NOW))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Conflict.class));
    }

    @Test
    void onlyWhatFailedOrWasCalledOffIsTriedAgain() {
        queued().state().cancelled(NOW).state().requireRetryable();
        assertThatThrownBy(() -> queued().state().requireRetryable()).isInstanceOf(FailureException.class);
    }

    @Test
    void songsTravelAsJson() {
        String wire = JsonMapper.shared().writeValueAsString(SongFacts.write(SONG));
        @SuppressWarnings("unchecked") // JSON objects have text keys
        Map<String, Object> read = JsonMapper.shared().readValue(wire, Map.class);
        assertThat(SongFacts.read(read)).isEqualTo(SONG);
    }

    @Test
    void parametersTravelAsJson() {
        ComposeParameters parameters = new ComposeParameters(
                "cadenza-composer", Wishes.of("rock"), List.of(SongFormat.WAV, SongFormat.MIDI), Quality.STUDIO, true);
        String wire = JsonMapper.shared().writeValueAsString(ComposeParameters.write(parameters));
        assertThat(ComposeParameters.read(JsonMapper.shared().readTree(wire))).isEqualTo(parameters);
    }

    private static Change<Generation, GenerationEvent> queued() {
        return Generation.queued(
                new Generation.Names("gen_1", "task_1", "track_1"),
                UUID.randomUUID(),
                new GenerationRequest(
                        "cadenza-composer",
                        Wishes.of("pop"),
                        "pop",
                        List.of(SongFormat.MP3),
                        Quality.HIGH,
                        false,
                        "",
                        List.of(),
                        null,
                        null,
                        List.of()),
                null,
                NOW);
    }

    private static Change<Generation, GenerationEvent> report(
            Generation state, JobReport.Kind kind, Map<String, Object> result, @Nullable JobError error) {
        return state.reported(jobReport(kind, result, error)).orElseThrow();
    }

    private static JobReport jobReport(JobReport.Kind kind, Map<String, Object> result, @Nullable JobError error) {
        return new JobReport(UUID.randomUUID(), 1001, kind, 10, "", result, error, "worker", NOW);
    }
}
