package dev.cadenza.analytics.audit;

import java.io.Serial;

/** Something stands in the place of a row that this service never wrote. */
public final class UnreadableRowException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With what the store says about it. */
    public UnreadableRowException(Throwable cause) {
        super(cause);
    }
}
