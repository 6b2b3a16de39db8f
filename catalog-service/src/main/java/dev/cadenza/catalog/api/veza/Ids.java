package dev.cadenza.catalog.api.veza;

import dev.cadenza.platform.core.Failure;
import java.util.UUID;

/** Ids in paths and parameters. */
final class Ids {

    private Ids() {}

    /** Throws IllegalArgumentException where it is none, as those who read parameters expect. */
    static UUID parse(String text) {
        return dev.cadenza.platform.core.Ids.parse(text).orElseThrow(() -> new IllegalArgumentException("not a UUID"));
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
