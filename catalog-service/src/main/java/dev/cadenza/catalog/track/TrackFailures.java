package dev.cadenza.catalog.track;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** What is answered in several places. */
final class TrackFailures {

    private TrackFailures() {}

    /** Absent, or private to somebody else: nobody can tell which. */
    static FailureException notFound() {
        return Failure.notFound("track.not_found", "Track not found.");
    }

    /** Visible, but somebody else's. */
    static FailureException notYours() {
        return Failure.forbidden("track.not_yours", "Only the owner may do this to a track.");
    }
}
