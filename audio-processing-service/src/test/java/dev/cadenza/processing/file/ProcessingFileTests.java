package dev.cadenza.processing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessingFileTests {

    private static final Instant NOON = Instant.parse("2026-11-13T12:00:00Z");
    private static final StoredPart ORIGINAL = new StoredPart("k", "song.wav", "audio/wav", 9, "e");
    private static final Separation DONE = new Separation(
            new StoredPart("v", "song_vocals.wav", "audio/wav", 1, "ev"),
            new StoredPart("i", "song_instrumental.wav", "audio/wav", 2, "ei"),
            "spectral",
            "1.0");

    private final Change<ProcessingFile, ProcessingFileEvent> uploaded = ProcessingFile.uploaded(
            UUID.randomUUID(),
            Task.VOCAL,
            new AudioFacts("wav", "pcm_s16le", "audio/wav", 3, 44_100, 2, 9),
            ORIGINAL,
            NOON);
    private final ProcessingFile released =
            uploaded.state().with(uploaded.state().job().released(NOON)).state();

    @Test
    void waitsUntilAWorkerBegins() {
        assertThat(uploaded.events()).containsExactly(new ProcessingFileEvent.Uploaded());
        assertThat(uploaded.state().status()).isEqualTo(FileStatus.PENDING);
        assertThat(released.status()).isEqualTo(FileStatus.PENDING);
        assertThat(released.processedAt()).isNull();
        assertThat(released.errorMessage()).isNull();
    }

    @Test
    void tellsItsStartOnceHoweverManyWorkersBegin() {
        Change<ProcessingFile, ProcessingFileEvent> first =
                released.reported(report(1001, JobReport.Kind.STARTED, 0, null)).orElseThrow();
        assertThat(first.events()).containsExactly(new ProcessingFileEvent.Started());
        assertThat(first.state().status()).isEqualTo(FileStatus.PROCESSING);
        Change<ProcessingFile, ProcessingFileEvent> second = first.state()
                .reported(report(1002, JobReport.Kind.STARTED, 0, null))
                .orElseThrow();
        assertThat(second.events()).isEmpty();
        assertThat(second.state().reported(report(1001, JobReport.Kind.COMPLETED, 100, null)))
                .isEmpty();
    }

    @Test
    void aResultIsReadFromTheReportThatCarriesIt() {
        Change<ProcessingFile, ProcessingFileEvent> done = released.reported(
                        report(1001, JobReport.Kind.COMPLETED, 100, null))
                .orElseThrow();
        assertThat(done.events()).containsExactly(new ProcessingFileEvent.Completed());
        assertThat(done.state().status()).isEqualTo(FileStatus.COMPLETED);
        assertThat(done.state().separation()).isEqualTo(DONE);
        assertThat(done.state().processedAt()).isEqualTo(NOON);
        assertThat(done.state().reported(report(1001, JobReport.Kind.COMPLETED, 100, null)))
                .isEmpty();
    }

    @Test
    void aResultThatLacksSomethingIsRefused() {
        JobReport broken = new JobReport(
                UUID.randomUUID(), 1001, JobReport.Kind.COMPLETED, 100, "", Map.of("engine", "x"), null, "w", NOON);
        assertThatThrownBy(() -> released.reported(broken)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailureSaysWhyInWordsForItsOwner() {
        Change<ProcessingFile, ProcessingFileEvent> failed = released.reported(report(
                        1001, JobReport.Kind.FAILED, 0, new JobError("audio.undecodable", "It could not be decoded.")))
                .orElseThrow();
        assertThat(failed.events()).containsExactly(new ProcessingFileEvent.Failed());
        assertThat(failed.state().status()).isEqualTo(FileStatus.ERROR);
        assertThat(failed.state().errorMessage()).isEqualTo("It could not be decoded.");
        assertThat(failed.state().separation()).isNull();
    }

    private static JobReport report(long attempt, JobReport.Kind kind, int progress, @Nullable JobError error) {
        return new JobReport(
                UUID.randomUUID(),
                attempt,
                kind,
                progress,
                "",
                kind == JobReport.Kind.COMPLETED ? SeparationFacts.write(DONE) : Map.of(),
                error,
                "worker",
                NOON);
    }
}
