package dev.cadenza.catalog.api.veza;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;

/** Ids in paths and parameters. */
final class Ids {

    private Ids() {}

    /** Exactly 36 characters; the JDK alone would take {@code 1-1-1-1-1}. */
    static UUID parse(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("not a UUID");
        }
        return UUID.fromString(text);
    }

    /** The id of a path; 400 where it is none. */
    static UUID ofPath(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.unreadable("parameter.invalid", "The id in the path must be a UUID.");
        }
    }
}
