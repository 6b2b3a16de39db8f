package dev.cadenza.platform.jobs;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A service's job queue.
 *
 * @param service first part of the topics {@code <service>.jobs.v1}, {@code .progress.v1}, {@code .control.v1}, of the
 *     share group {@code <service>.workers} and of the object keys; a service without it has no queue
 * @param slots jobs that one worker runs at a time
 * @param maxInFlightPerUser jobs of one user that may be with the workers at a time
 * @param maxInFlight jobs that may be with the workers at a time; a few more than there are slots
 * @param lock how long a silent worker keeps a job
 * @param renew how often a worker says that it still has the job; well below {@code lock}
 * @param maxAttempts hand-overs of one release; the broker's own limit must not be lower
 * @param retryBackoff pause before the second attempt, doubled for each further one, at most 30 s
 * @param maxDuration longest time that one attempt may take
 * @param silence how long a job may be with the workers without a report before it is taken back
 * @param maxReleases how many workers may start a job and be lost before it fails; a job that none started waits
 * @param shutdown how long a worker waits for its engines when it is told to stop
 * @param workDirectory where attempts have their folders; a temporary folder where absent
 */
@Validated
@ConfigurationProperties("cadenza.jobs")
public record JobSettings(
        @Pattern(regexp = "[a-z][a-z0-9-]*") String service,
        @DefaultValue("1") @Min(1) @Max(64) int slots,
        @DefaultValue("2") @Min(1) int maxInFlightPerUser,
        @DefaultValue("8") @Min(1) int maxInFlight,
        @DefaultValue("15s") Duration lock,
        @DefaultValue("5s") Duration renew,
        @DefaultValue("5") @Min(1) @Max(10) int maxAttempts,
        @DefaultValue("2s") Duration retryBackoff,
        @DefaultValue("1h") Duration maxDuration,
        @DefaultValue("10m") Duration silence,
        @DefaultValue("3") @Min(1) @Max(100) int maxReleases,
        @DefaultValue("6s") Duration shutdown,
        @Nullable Path workDirectory) {

    /** Topic of the requests. */
    public String jobsTopic() {
        return service + ".jobs.v1";
    }

    /** Topic of the reports. */
    public String progressTopic() {
        return service + ".progress.v1";
    }

    /** Topic of the cancellations. */
    public String controlTopic() {
        return service + ".control.v1";
    }

    /** Topic of the requests that failed for good. */
    public String deadLetterTopic() {
        return jobsTopic() + ".dlt";
    }

    /** The share group of the workers. */
    public String workerGroup() {
        return service + ".workers";
    }

    /** Object keys of all attempts of a job, with a slash at the end. */
    public String objectPrefix(java.util.UUID jobId) {
        return service + "/jobs/" + jobId + "/";
    }
}
