package dev.cadenza.platform.jobs;

import dev.cadenza.contracts.jobs.v1.JobRequested;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.events.AggregateCollection;
import java.util.Optional;
import java.util.UUID;

/**
 * What the API role of a service tells the queue about its jobs: a bean for each kind of aggregate that has them. The
 * state keeps the job under the name {@code job} and the user under {@code ownerId}; the job's id is the aggregate's.
 *
 * <p>Whatever changes the job of such an aggregate, a release, a cancellation, a deletion, carries the message for the
 * workers in its own outbox; no service publishes to the job topics itself.
 *
 * @param <S> state of the aggregate
 * @param <E> its domain events
 */
public interface JobSource<S extends Record, E> {

    /** Where the aggregates are. */
    AggregateCollection<S, E> aggregates();

    /** The job inside. */
    Job job(S state);

    /** The user in whose turn it runs. */
    UUID owner(S state);

    /** What a worker needs to know; the aggregate's job is the released one. */
    JobRequested request(Versioned<S> aggregate);

    /** The aggregate with its job handed out. */
    Change<S, E> released(Versioned<S> aggregate, Job job);

    /** The aggregate with its job taken back from a worker that was lost; it will be released again. */
    default Change<S, E> requeued(Versioned<S> aggregate, Job job) {
        return released(aggregate, job);
    }

    /** The aggregate after a report, by {@link Job#apply}; empty where the report does not count. */
    Optional<Change<S, E>> reported(Versioned<S> aggregate, JobReport report);
}
