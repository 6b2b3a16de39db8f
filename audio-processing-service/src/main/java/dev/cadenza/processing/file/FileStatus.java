package dev.cadenza.processing.file;

/** Where a file stands, whatever a dialect calls it. */
public enum FileStatus {
    /** Waits. */
    PENDING,
    /** An engine works on it. */
    PROCESSING,
    /** The results are there. */
    COMPLETED,
    /** It cannot be done. */
    ERROR
}
