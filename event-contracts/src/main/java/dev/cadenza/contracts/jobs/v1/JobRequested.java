package dev.cadenza.contracts.jobs.v1;

import java.util.Map;
import java.util.UUID;

/**
 * A job for whichever worker takes it first.
 *
 * @param kind which handler runs it, such as {@code generation.compose}
 * @param release how often the job was handed to the topic, from 1; with the broker's delivery count it makes the
 *     attempt number
 * @param parameters input of the engine: object keys and settings, JSON values only
 */
public record JobRequested(UUID jobId, UUID ownerId, String kind, int release, Map<String, Object> parameters) {}
