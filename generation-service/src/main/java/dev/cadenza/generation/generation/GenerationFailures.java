package dev.cadenza.generation.generation;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** What is answered where there is nothing. */
final class GenerationFailures {

    private GenerationFailures() {}

    static FailureException notFound() {
        return Failure.notFound("generation.not_found", "Generation not found.");
    }

    static FailureException trackNotFound() {
        return Failure.notFound("track.not_found", "Track not found.");
    }
}
