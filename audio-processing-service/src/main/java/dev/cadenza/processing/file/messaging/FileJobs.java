package dev.cadenza.processing.file.messaging;

import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.events.AggregateCollection;
import dev.cadenza.platform.jobs.JobSource;
import dev.cadenza.processing.file.ProcessingFile;
import dev.cadenza.processing.file.ProcessingFileEvent;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The jobs of files, for the queue. */
@Component
final class FileJobs implements JobSource<ProcessingFile, ProcessingFileEvent> {

    private final AggregateCollection<ProcessingFile, ProcessingFileEvent> aggregates;

    FileJobs(AggregateCollection<ProcessingFile, ProcessingFileEvent> aggregates) {
        this.aggregates = aggregates;
    }

    @Override
    public AggregateCollection<ProcessingFile, ProcessingFileEvent> aggregates() {
        return aggregates;
    }

    @Override
    public Job job(ProcessingFile state) {
        return state.job();
    }

    @Override
    public UUID owner(ProcessingFile state) {
        return state.ownerId();
    }

    @Override
    public JobRequested request(Versioned<ProcessingFile> file) {
        ProcessingFile state = file.state();
        return new JobRequested(
                file.id(),
                state.ownerId(),
                state.task().jobKind(),
                state.job().release(),
                Map.of("input", state.original().key(), "filename", state.filename()));
    }

    @Override
    public Change<ProcessingFile, ProcessingFileEvent> released(Versioned<ProcessingFile> file, Job job) {
        return file.state().with(job);
    }

    @Override
    public Optional<Change<ProcessingFile, ProcessingFileEvent>> reported(
            Versioned<ProcessingFile> file, JobReport report) {
        return file.state().reported(report);
    }
}
