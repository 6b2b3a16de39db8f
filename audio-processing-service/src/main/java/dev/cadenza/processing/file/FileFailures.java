package dev.cadenza.processing.file;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** What can be wrong with a request about a file. */
final class FileFailures {

    private FileFailures() {}

    static FailureException notFound() {
        return Failure.notFound("file.not_found", "File not found");
    }
}
