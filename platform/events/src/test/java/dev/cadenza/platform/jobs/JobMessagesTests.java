package dev.cadenza.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.contracts.jobs.v1.JobReported;
import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.EventMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobMessagesTests {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final UUID ID = new UUID(0, 9);
    private final Job queued = Job.queued(NOW);
    private final Job released = queued.released(NOW);
    private final Job running = released.apply(report(JobReport.Kind.STARTED)).orElseThrow();

    private record Thing(Job job) {}

    @Test
    void aReleaseIsTheRequestOfExactlyThatRelease() {
        assertThat(messages(queued, released)).singleElement().satisfies(message -> {
            assertThat(message.type()).isEqualTo("job.requested");
            assertThat(message.topic()).isEqualTo("generation.jobs.v1");
            assertThat(message.data()).isEqualTo(new JobRequested(ID, new UUID(0, 1), "test", 1, Map.of("tempo", 120)));
        });
        assertThat(messages(null, released)).extracting(EventMessage::type).containsExactly("job.requested");
        Job again = running.requeued(NOW).released(NOW);
        assertThat(messages(queued, again))
                .extracting(message -> ((JobRequested) message.data()).release())
                .containsExactly(2);
    }

    @Test
    void whatEndsOrTakesBackAJobThatIsWithTheWorkersCallsItOff() {
        for (Job job : List.of(released, running)) {
            assertThat(types(job, job.cancelled(NOW))).containsExactly("job.cancelled");
            assertThat(types(job, job.requeued(NOW))).containsExactly("job.cancelled");
            assertThat(types(job, null)).containsExactly("job.cancelled");
        }
        assertThat(messages(running, running.cancelled(NOW)))
                .extracting(EventMessage::topic)
                .containsExactly("generation.control.v1");
    }

    @Test
    void nothingElseSaysAnything() {
        assertThat(types(null, queued)).isEmpty();
        assertThat(types(queued, queued.cancelled(NOW))).isEmpty();
        assertThat(types(queued, null)).isEmpty();
        assertThat(types(released, running)).isEmpty();
        assertThat(types(running, running)).isEmpty();
        Job done = running.apply(report(JobReport.Kind.COMPLETED)).orElseThrow();
        assertThat(types(running, done)).isEmpty();
        assertThat(types(done, null)).isEmpty();
    }

    @Test
    void readsAReportFromTheWireAndRefusesAnUnknownKind() {
        JobReported told = new JobReported(ID, 5, "failed", 140, "", Map.of(), "a.b", "Words.", "w", NOW);
        JobReport report = JobMessages.report(told);
        assertThat(report.kind()).isEqualTo(JobReport.Kind.FAILED);
        assertThat(report.progress()).isEqualTo(100);
        assertThat(report.error()).isNotNull();
        assertThatThrownBy(() ->
                        JobMessages.report(new JobReported(ID, 5, "exploded", 1, "", Map.of(), null, null, "w", NOW)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsTheAttemptInAKey() {
        String prefix = "generation/jobs/" + ID + "/";
        assertThat(JobMessages.attemptOf(prefix + "42/a/b.wav", prefix)).isEqualTo(42);
        assertThat(JobMessages.attemptOf(prefix + "x/a.wav", prefix)).isEqualTo(-1);
        assertThat(JobMessages.attemptOf(prefix + "42", prefix)).isEqualTo(-1);
        assertThat(JobMessages.attemptOf("other/42/a.wav", prefix)).isEqualTo(-1);
    }

    private List<String> types(@Nullable Job before, @Nullable Job after) {
        return messages(before, after).stream().map(EventMessage::type).toList();
    }

    private List<EventMessage> messages(@Nullable Job before, @Nullable Job after) {
        return JobMessages.of(
                new Things(),
                settings(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                before == null ? null : new Versioned<>(ID, 1, null, new Thing(before)),
                after == null ? null : new Versioned<>(ID, 2, null, new Thing(after)));
    }

    private static JobReport report(JobReport.Kind kind) {
        return new JobReport(ID, Job.attempt(1, 1, NOW), kind, 0, "", Map.of(), null, "w", NOW);
    }

    static JobSettings settings() {
        Duration second = Duration.ofSeconds(1);
        return new JobSettings("generation", 1, 2, 8, second, second, 5, second, second, second, 3, second, null);
    }

    private static final class Things implements JobSource<Thing, Void> {

        @Override
        public AggregateCollection<Thing, Void> aggregates() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Job job(Thing state) {
            return state.job();
        }

        @Override
        public UUID owner(Thing state) {
            return new UUID(0, 1);
        }

        @Override
        public JobRequested request(Versioned<Thing> aggregate) {
            return new JobRequested(aggregate.id(), new UUID(0, 1), "test", 77, Map.of("tempo", 120));
        }

        @Override
        public Change<Thing, Void> released(Versioned<Thing> aggregate, Job job) {
            return new Change<>(new Thing(job), List.of());
        }

        @Override
        public Optional<Change<Thing, Void>> reported(Versioned<Thing> aggregate, JobReport report) {
            return Optional.empty();
        }
    }
}
