package dev.cadenza.platform.jobs;

/** The attempt has to end. Thrown through the engine by {@link JobContext#checkCancelled()}; no failure of the job. */
public final class JobCancelledException extends RuntimeException {

    private final Reason reason;

    /** Why an attempt ends before its time. */
    public enum Reason {
        /** The owner called the job off. */
        CANCELLED,
        /** The worker shuts down; the job goes to another. */
        SHUTDOWN,
        /** The broker gave the job to somebody else. */
        LOST,
        /** It ran longer than any job may. */
        TIMEOUT
    }

    JobCancelledException(Reason reason) {
        super("attempt ended: " + reason);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
