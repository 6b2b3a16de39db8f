package dev.cadenza.launcher.demo;

import java.io.Serial;

/** The platform did not do what the demo expects; the message says at which call and what came back. */
public final class DemoFailedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }

    static void unless(boolean asExpected, String message) throws DemoFailedException {
        if (!asExpected) {
            throw new DemoFailedException(message);
        }
    }
}
