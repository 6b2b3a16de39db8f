package dev.cadenza.platform.audio;

/** The bytes are no picture that the platform can use; the reason may be shown to whoever sent them. */
public final class UndecodableImageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong, for programs. */
    public enum Problem {
        /** The content is of another kind, whatever the name says. */
        UNSUPPORTED,
        /** Empty, cut off or damaged. */
        UNUSABLE,
        /** More pixels than are accepted. */
        BEYOND_LIMITS
    }

    private final Problem problem;

    UndecodableImageException(Problem problem, String reason) {
        super(reason);
        this.problem = problem;
    }

    /** What is wrong, for programs. */
    public Problem problem() {
        return problem;
    }

    /** One English sentence for a person; names no path and no program. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
