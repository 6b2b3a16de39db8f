package dev.cadenza.contracts.jobs.v1;

import java.time.Instant;
import java.util.UUID;

/**
 * The owner called the job off: a running engine stops within a second, a waiting one never starts.
 *
 * @param release which releases are called off: this one and all before it; a later one is another try
 */
public record JobCancelled(UUID jobId, int release, Instant at) {}
