package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.core.Failure;

/** One published API: which paths are its own and how it words an error. */
public interface Dialect {

    /** Short name: {@code veza}, {@code audionova}, {@code musicgen}, {@code processing}, {@code musewave}. */
    String name();

    /** Whether this path (without query) belongs to the dialect. */
    boolean owns(String path);

    /** HTTP status for input that can never succeed: 422 for veza, 400 elsewhere. */
    default int statusOfInvalid(Failure.Invalid failure) {
        return 400;
    }

    /** Body of the error answer, to be written as JSON. */
    Object body(Problem problem, ErrorContext context);

    /**
     * Facts about the request that some bodies repeat.
     *
     * @param path without query
     * @param requestId the answer's {@code X-Request-Id}
     */
    record ErrorContext(String path, String requestId, java.time.Instant now) {}
}
