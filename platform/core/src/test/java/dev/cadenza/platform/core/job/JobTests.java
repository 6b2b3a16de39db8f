package dev.cadenza.platform.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Job released = Job.queued(NOW).released(NOW.plusSeconds(1));

    @Test
    void runsFromQueuedToCompleted() {
        Job running = released.apply(report(1001, JobReport.Kind.STARTED, 0)).orElseThrow();
        Job further = running.apply(report(1001, JobReport.Kind.PROGRESS, 40)).orElseThrow();
        Job done = further.apply(report(1001, JobReport.Kind.COMPLETED, 100)).orElseThrow();
        assertThat(running.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(further.progress()).isEqualTo(40);
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.progress()).isEqualTo(100);
        assertThat(done.finishedAt()).isNotNull();
    }

    @Test
    void ignoresAReportOfAnAttemptThatLost() {
        Job second = released.apply(report(1002, JobReport.Kind.STARTED, 0)).orElseThrow();
        assertThat(second.apply(report(1001, JobReport.Kind.COMPLETED, 100))).isEmpty();
        assertThat(second.apply(report(1001, JobReport.Kind.PROGRESS, 90))).isEmpty();
    }

    @Test
    void ignoresEveryReportOnceFinished() {
        Job done = released.apply(report(1001, JobReport.Kind.COMPLETED, 100)).orElseThrow();
        assertThat(done.apply(report(1002, JobReport.Kind.STARTED, 0))).isEmpty();
        assertThat(done.apply(report(1001, JobReport.Kind.COMPLETED, 100))).isEmpty();
        assertThat(released.cancelled(NOW).apply(report(1001, JobReport.Kind.COMPLETED, 100)))
                .isEmpty();
    }

    @Test
    void progressNeverFallsWithinAnAttemptAndStartsAnewWithTheNext() {
        Job half = released.apply(report(1001, JobReport.Kind.PROGRESS, 50)).orElseThrow();
        assertThat(half.apply(report(1001, JobReport.Kind.PROGRESS, 20))
                        .orElseThrow()
                        .progress())
                .isEqualTo(50);
        assertThat(half.apply(report(1002, JobReport.Kind.PROGRESS, 20))
                        .orElseThrow()
                        .progress())
                .isEqualTo(20);
    }

    @Test
    void acceptsCompletionWithoutAStartThatWasLost() {
        Job done = released.apply(report(1001, JobReport.Kind.COMPLETED, 100)).orElseThrow();
        assertThat(done.startedAt()).isNotNull();
    }

    @Test
    void refusesToReleaseWhatIsNotQueuedAndToCancelWhatIsFinished() {
        assertThatThrownBy(() -> released.released(NOW)).isInstanceOf(IllegalStateException.class);
        Job cancelled = released.cancelled(NOW);
        assertThatThrownBy(() -> cancelled.cancelled(NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRequeuedJobCountsNoReportOfAnEarlierRelease() {
        long earlier = Job.attempt(1, 3, NOW);
        Job failed = released.apply(report(earlier, JobReport.Kind.FAILED, 0)).orElseThrow();

        Job again = failed.requeued(NOW.plusSeconds(5)).released(NOW.plusSeconds(6));

        assertThat(again.release()).isEqualTo(2);
        assertThat(again.apply(report(earlier, JobReport.Kind.COMPLETED, 100))).isEmpty();
        assertThat(again.apply(report(Job.attempt(2, 1, NOW), JobReport.Kind.COMPLETED, 100)))
                .hasValueSatisfying(job -> assertThat(job.status()).isEqualTo(JobStatus.COMPLETED));
    }

    @Test
    void aJobThatIsTakenBackKeepsItsPlaceAndCountsOnlyTheWorkersThatStartedIt() {
        Job again = released;
        for (int i = 0; i < 5; i++) {
            again = again.requeued(NOW.plusSeconds(600)).released(NOW.plusSeconds(601));
        }
        assertThat(again.queuedAt()).isEqualTo(NOW);
        assertThat(again.lost()).isZero();

        Job lost = again.apply(report(Job.attempt(6, 1, NOW), JobReport.Kind.STARTED, 0))
                .orElseThrow()
                .requeued(NOW.plusSeconds(700));
        assertThat(lost.queuedAt()).isEqualTo(NOW);
        assertThat(lost.lost()).isEqualTo(1);
        assertThat(lost.released(NOW).requeued(NOW).lost()).isEqualTo(1);

        Job wantedAgain = lost.cancelled(NOW).requeued(NOW.plusSeconds(800));
        assertThat(wantedAgain.queuedAt()).isEqualTo(NOW.plusSeconds(800));
        assertThat(wantedAgain.lost()).isZero();
    }

    @Test
    void tellsTheReleaseOfAnAttempt() {
        assertThat(Job.releaseOf(Job.attempt(1, 999, NOW))).isEqualTo(1);
        assertThat(Job.releaseOf(Job.attempt(7, 1, NOW.plusSeconds(5)))).isEqualTo(7);
    }

    @Test
    void ordersAttemptsByReleaseThenDeliveryThenTime() {
        assertThat(List.of(
                        Job.attempt(1, 1, NOW),
                        Job.attempt(1, 1, NOW.plusSeconds(1)),
                        Job.attempt(1, 2, NOW),
                        Job.attempt(2, 1, NOW),
                        Job.attempt(9_000, 9_000, NOW)))
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(attempt -> attempt < 1L << 53);
    }

    private static JobReport report(long attempt, JobReport.Kind kind, int progress) {
        @Nullable JobError error = kind == JobReport.Kind.FAILED ? new JobError("engine.failed", "It failed.") : null;
        return new JobReport(
                new UUID(0, 1), attempt, kind, progress, "", Map.of(), error, "worker-1", NOW.plusSeconds(2));
    }
}
