package dev.cadenza.platform.jobs;

import java.time.Instant;

/**
 * Where an unfinished job stands.
 *
 * @param position how many jobs start before it, plus one; 0 for one that runs
 * @param estimatedCompletion from the order of release and the durations of the last jobs
 */
public record QueuePosition(int position, Instant estimatedCompletion) {}
