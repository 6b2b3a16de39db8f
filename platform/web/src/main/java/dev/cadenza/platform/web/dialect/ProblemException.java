package dev.cadenza.platform.web.dialect;

import java.util.List;
import java.util.Map;

/** An error whose status is the protocol's and the same in every dialect. Has no stack trace: it is an answer. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Answers so; see {@link Problem}. */
    public ProblemException(int status, String code, String message, Map<String, String> headers) {
        super(code + ": " + message, null, false, false);
        this.problem = new Problem(status, code, message, List.of(), Problem.Origin.DOMAIN, Map.copyOf(headers));
    }

    Problem problem() {
        return problem;
    }
}
