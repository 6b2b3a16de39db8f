package dev.cadenza.platform.jobs;

/** The input of a job can never succeed: no further attempt is made. Code and message are for the job's owner. */
public final class JobFailedException extends Exception {

    private final String code;

    /**
     * A final failure.
     *
     * @param code stable, such as {@code audio.undecodable}
     * @param message one sentence that the job's owner may read: no path, no class name
     */
    public JobFailedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A final failure with its cause, which goes to the log only. */
    public JobFailedException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable code. */
    public String code() {
        return code;
    }

    /** The sentence for the owner. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
