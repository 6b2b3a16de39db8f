package dev.cadenza.platform.core;

/** Carries a {@link Failure} through a pipeline. Has no stack trace: it is an answer, not an accident. */
public final class FailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailureException(Failure failure) {
        super(failure.code() + ": " + failure.message(), null, false, false);
        this.failure = failure;
    }

    /** The answer. */
    public Failure failure() {
        return failure;
    }
}
