package dev.cadenza.platform.audio;

/** The bytes are not audio that the platform can use; the reason may be shown to whoever sent them. */
public final class UndecodableAudioException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong, for programs. */
    public enum Problem {
        /** No bytes, or a header without any audio behind it. */
        EMPTY,
        /** The content is of another kind, whatever the name says. */
        UNSUPPORTED,
        /** The audio ends before the file says it does. */
        TRUNCATED,
        /** Looks like audio and cannot be decoded. */
        CORRUPT,
        /** Longer, with more channels or at a higher rate than is accepted. */
        BEYOND_LIMITS
    }

    private final Problem problem;

    UndecodableAudioException(Problem problem, String reason) {
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
