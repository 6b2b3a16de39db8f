package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.core.job.JobStatus;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.events.AggregateDefinition;
import dev.cadenza.platform.events.EventMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The smallest aggregate with a job. */
record Piece(UUID ownerId, String script, Job job, Map<String, Object> result, int completions) {

    /** What others hear. */
    enum Event {
        ASKED,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    record Told(String script, int completions) {}

    static Change<Piece, Event> asked(UUID owner, String script) {
        return Change.of(new Piece(owner, script, Job.queued(Instant.now()), Map.of(), 0), Event.ASKED);
    }

    Piece with(Job newJob) {
        return new Piece(ownerId, script, newJob, result, completions);
    }

    Change<Piece, Event> cancelled() {
        return Change.of(with(job.cancelled(Instant.now())), Event.CANCELLED);
    }

    static AggregateDefinition<Piece, Event> definition(String service) {
        return new AggregateDefinition<>(
                "pieces",
                Piece.class,
                service + ".piece.v1",
                false,
                (piece, event) -> new EventMessage(
                        "test.piece." + event,
                        1,
                        new Told(piece.state().script(), piece.state().completions())),
                List.of());
    }

    record Source(AggregateCollection<Piece, Event> aggregates) implements JobSource<Piece, Event> {

        @Override
        public Job job(Piece state) {
            return state.job();
        }

        @Override
        public UUID owner(Piece state) {
            return state.ownerId();
        }

        @Override
        public JobRequested request(Versioned<Piece> piece) {
            return new JobRequested(
                    piece.id(),
                    piece.state().ownerId(),
                    "test.play",
                    piece.state().job().release(),
                    Map.of("script", piece.state().script()));
        }

        @Override
        public Change<Piece, Event> released(Versioned<Piece> piece, Job job) {
            return Change.of(piece.state().with(job));
        }

        @Override
        public Optional<Change<Piece, Event>> reported(Versioned<Piece> piece, JobReport report) {
            Piece state = piece.state();
            return state.job().apply(report).map(job -> {
                if (job.status() == JobStatus.COMPLETED) {
                    return Change.of(
                            new Piece(state.ownerId(), state.script(), job, report.result(), state.completions() + 1),
                            Event.COMPLETED);
                }
                return job.status() == JobStatus.FAILED
                        ? Change.of(state.with(job), Event.FAILED)
                        : Change.of(state.with(job));
            });
        }
    }
}
