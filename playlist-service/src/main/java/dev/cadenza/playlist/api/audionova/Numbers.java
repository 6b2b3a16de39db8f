package dev.cadenza.playlist.api.audionova;

import dev.cadenza.platform.core.FailureException;

/** Integer ids in paths. */
final class Numbers {

    private Numbers() {}

    /** The id of a path; what is no positive integer is nothing's. */
    static long ofPath(String text, FailureException absent) {
        if (!text.matches("[0-9]{1,18}")) {
            throw absent;
        }
        return Long.parseLong(text);
    }
}
