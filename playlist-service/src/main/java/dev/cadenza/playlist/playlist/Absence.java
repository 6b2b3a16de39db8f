package dev.cadenza.playlist.playlist;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** What does not matter to housekeeping: that a playlist is gone already. */
final class Absence {

    private Absence() {}

    static boolean isPlaylists(Throwable error) {
        return error instanceof FailureException e
                && e.failure() instanceof Failure.NotFound absent
                && absent.code().equals("playlist.not_found");
    }
}
