package dev.cadenza.platform.jobs;

import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Projections.computed;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Versioned;
import dev.cadenza.platform.core.job.Job;
import dev.cadenza.platform.core.job.JobError;
import dev.cadenza.platform.core.job.JobReport;
import dev.cadenza.platform.core.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The jobs of one kind of aggregate, as the queue sees them. */
final class JobTable<S extends Record, E> {

    private static final String STATUS = "state.job.status";
    /** Of one kind of aggregate, looked at at once; users beyond these are looked for on their own. */
    private static final int WAITING_AT_ONCE = 5_000;

    /** A job that is with a worker. */
    record InFlight(UUID jobId, UUID owner, JobStatus status, Instant releasedAt, Instant startedAt) {}

    private final JobSource<S, E> source;

    JobTable(JobSource<S, E> source) {
        this.source = source;
    }

    /** Waiting jobs, oldest first; of every user who has any, at least the oldest is among them. */
    Flux<FairOrder.Waiting> waiting() {
        return waiting(List.of())
                .collectList()
                .expand(found -> {
                    if (found.size() < WAITING_AT_ONCE) {
                        return Mono.empty();
                    }
                    return waiting(found.stream()
                                    .map(FairOrder.Waiting::owner)
                                    .distinct()
                                    .toList())
                            .collectList();
                })
                // whoever is left after this has to wait until somebody's thousands are done
                .take(4)
                .concatMapIterable(found -> found);
    }

    private Flux<FairOrder.Waiting> waiting(List<UUID> without) {
        Bson queued = eq(STATUS, JobStatus.QUEUED.name());
        return source.aggregates()
                .aggregate(List.of(
                        match(without.isEmpty() ? queued : and(queued, nin("state.ownerId", without))),
                        sort(ascending("state.job.queuedAt")),
                        limit(WAITING_AT_ONCE),
                        project(fields(
                                include("_id"),
                                computed("owner", "$state.ownerId"),
                                computed("queuedAt", "$state.job.queuedAt")))))
                .map(row -> new FairOrder.Waiting(uuid(row, "_id"), uuid(row, "owner"), instant(row, "queuedAt")));
    }

    /** Jobs that are with the workers. */
    Flux<InFlight> inFlight() {
        return source.aggregates()
                .aggregate(List.of(
                        match(in(STATUS, JobStatus.RELEASED.name(), JobStatus.RUNNING.name())),
                        project(fields(
                                include("_id"),
                                computed("owner", "$state.ownerId"),
                                computed("status", "$state.job.status"),
                                computed("releasedAt", "$state.job.releasedAt"),
                                computed("startedAt", "$state.job.startedAt")))))
                .map(row -> new InFlight(
                        uuid(row, "_id"),
                        uuid(row, "owner"),
                        JobStatus.valueOf(row.getString("status")),
                        instant(row, "releasedAt"),
                        instant(row, "startedAt")));
    }

    /** How long the last jobs took that were completed, newest first. */
    Flux<Duration> lastDurations(int count) {
        return source.aggregates()
                .aggregate(List.of(
                        match(eq(STATUS, JobStatus.COMPLETED.name())),
                        sort(descending("state.job.finishedAt")),
                        limit(count),
                        project(fields(
                                computed("startedAt", "$state.job.startedAt"),
                                computed("finishedAt", "$state.job.finishedAt")))))
                .map(row -> Duration.between(instant(row, "startedAt"), instant(row, "finishedAt")))
                .filter(duration -> !duration.isNegative());
    }

    /** Hands a job out; false where it does not wait any more. */
    Mono<Boolean> release(UUID id, Instant now) {
        return source.aggregates()
                .find(id)
                .filter(aggregate -> job(aggregate).status() == JobStatus.QUEUED)
                .flatMap(aggregate -> source.aggregates()
                        .update(
                                aggregate,
                                source.released(aggregate, job(aggregate).released(now))))
                .map(released -> true)
                // somebody else released, cancelled or deleted it at the same moment
                .onErrorResume(JobTable::conflict, e -> Mono.just(false))
                .defaultIfEmpty(false);
    }

    /** The job after a report; empty where the aggregate is gone. */
    Mono<Job> report(JobReport report, Instant now) {
        return change(
                report.jobId(),
                (aggregate, job) -> givenBack(report, job)
                        ? Optional.of(source.requeued(aggregate, job.requeued(now)))
                        : source.reported(aggregate, report));
    }

    /** A worker that had to stop at the last delivery asks for another release. */
    private static boolean givenBack(JobReport report, Job job) {
        JobError error = report.error();
        return report.kind() == JobReport.Kind.STOPPED
                && error != null
                && error.code().equals("shutdown")
                && JobMessages.withWorkers(job)
                && report.attempt() >= job.attempt();
    }

    /** Jobs with the workers of which nobody has spoken since then. */
    Flux<InFlight> silentSince(Instant then) {
        return source.aggregates()
                .find(and(
                        in(STATUS, JobStatus.RELEASED.name(), JobStatus.RUNNING.name()),
                        lt("state.job.updatedAt", then)))
                .map(aggregate -> {
                    Job job = job(aggregate);
                    Instant released = job.releasedAt();
                    Instant started = job.startedAt();
                    return new InFlight(
                            aggregate.id(),
                            source.owner(aggregate.state()),
                            job.status(),
                            released == null ? job.queuedAt() : released,
                            started == null ? job.queuedAt() : started);
                });
    }

    /** Takes a silent job back, or fails it where {@code maxReleases} workers started it and were lost. */
    Mono<Job> giveUpOn(UUID id, Instant silentSince, int maxReleases, Instant now) {
        return change(id, (aggregate, job) -> {
            if (!JobMessages.withWorkers(job) || !job.updatedAt().isBefore(silentSince)) {
                return Optional.empty();
            }
            if (job.status() == JobStatus.RELEASED || job.lost() + 1 < maxReleases) {
                return Optional.of(source.requeued(aggregate, job.requeued(now)));
            }
            return source.reported(
                    aggregate,
                    new JobReport(
                            id,
                            Job.attempt(job.release(), 999, now),
                            JobReport.Kind.FAILED,
                            job.progress(),
                            "",
                            Map.of(),
                            new JobError("job.lost", "The job was lost several times and was given up."),
                            "",
                            now));
        });
    }

    Mono<Job> find(UUID id) {
        return source.aggregates().find(id).map(this::job);
    }

    private Mono<Job> change(UUID id, BiFunction<Versioned<S>, Job, Optional<Change<S, E>>> transition) {
        return source.aggregates()
                .change(
                        id,
                        aggregate -> transition
                                .apply(aggregate, job(aggregate))
                                .orElseGet(() -> new Change<>(aggregate.state(), List.of())))
                .map(this::job);
    }

    private Job job(Versioned<S> aggregate) {
        return source.job(aggregate.state());
    }

    private static boolean conflict(Throwable e) {
        return e instanceof FailureException failed && failed.failure() instanceof Failure.Conflict;
    }

    private static UUID uuid(Document row, String field) {
        Object value = row.get(field);
        if (value instanceof UUID id) {
            return id;
        }
        if (value instanceof Binary binary) {
            var bytes = java.nio.ByteBuffer.wrap(binary.getData());
            return new UUID(bytes.getLong(), bytes.getLong());
        }
        throw new IllegalStateException("a job without " + field);
    }

    private static Instant instant(Document row, String field) {
        @Nullable Object value = row.get(field);
        return switch (value) {
            case Date date -> date.toInstant();
            case Instant instant -> instant;
            case null, default -> Instant.EPOCH;
        };
    }

    /** Of several kinds of aggregates. */
    static <T> Flux<T> all(
            Collection<JobTable<?, ?>> tables, java.util.function.Function<JobTable<?, ?>, Flux<T>> what) {
        return Flux.fromIterable(new ArrayList<>(tables)).concatMap(what, 1);
    }
}
