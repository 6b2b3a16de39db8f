package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Versioned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation and its place among all that wait.
 *
 * @param queuePosition from 1; 0 once it has begun
 * @param estimatedCompletion null once it is finished
 */
public record Standing(
        Versioned<Generation> generation,
        int queuePosition,
        @Nullable Instant estimatedCompletion) {}
