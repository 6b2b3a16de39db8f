package dev.cadenza.contracts.jobs.v1;

import java.time.Instant;
import java.util.UUID;

/** The owner called the job off: a running engine stops within a second, a waiting one never starts. */
public record JobCancelled(UUID jobId, Instant at) {}
