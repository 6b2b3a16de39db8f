package dev.cadenza.generation.generation.messaging;

import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.generation.generation.ComposeParameters;
import dev.cadenza.generation.generation.Generation;
import dev.cadenza.generation.generation.GenerationEvent;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.jobs.JobSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The jobs of generations, for the queue. */
@Component
final class GenerationJobs implements JobSource<Generation, GenerationEvent> {

    private final AggregateCollection<Generation, GenerationEvent> aggregates;

    GenerationJobs(AggregateCollection<Generation, GenerationEvent> aggregates) {
        this.aggregates = aggregates;
    }

    @Override
    public AggregateCollection<Generation, GenerationEvent> aggregates() {
        return aggregates;
    }

    @Override
    public Job job(Generation state) {
        return state.job();
    }

    @Override
    public UUID owner(Generation state) {
        return state.ownerId();
    }

    @Override
    public JobRequested request(Versioned<Generation> generation) {
        Generation state = generation.state();
        return new JobRequested(
                generation.id(),
                state.ownerId(),
                ComposeParameters.JOB_KIND,
                state.job().release(),
                ComposeParameters.write(new ComposeParameters(
                        state.request().model(),
                        state.request().wish(),
                        state.request().formats(),
                        state.request().quality(),
                        state.request().vocals())));
    }

    @Override
    public Change<Generation, GenerationEvent> released(Versioned<Generation> generation, Job job) {
        return generation.state().with(job);
    }

    @Override
    public Optional<Change<Generation, GenerationEvent>> reported(Versioned<Generation> generation, JobReport report) {
        return generation.state().reported(report);
    }
}
