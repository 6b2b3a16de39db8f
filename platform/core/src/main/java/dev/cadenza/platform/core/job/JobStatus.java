package dev.cadenza.platform.core.job;

/** Where a job stands. */
public enum JobStatus {
    /** Stored, waiting for its turn. */
    QUEUED,
    /** Handed to the job topic; a worker may take it at any moment. */
    RELEASED,
    /** A worker reported that it started. */
    RUNNING,
    /** The result is stored. */
    COMPLETED,
    /** The last attempt failed, or the input can never succeed. */
    FAILED,
    /** Its owner called it off. */
    CANCELLED;

    /** Whether nothing can happen to the job any more. */
    public boolean finished() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
