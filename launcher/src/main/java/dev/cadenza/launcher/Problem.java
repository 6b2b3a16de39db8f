package dev.cadenza.launcher;

import java.io.Serial;

/** Something that the person at the keyboard can put right; the message is one clear sentence for them. */
public final class Problem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Problem(String message) {
        super(message);
    }

    Problem(String message, Throwable cause) {
        super(message, cause);
    }
}
