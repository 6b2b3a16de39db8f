package dev.cadenza.catalog.album;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** What is answered in several places. */
final class AlbumFailures {

    private AlbumFailures() {}

    /** Absent, or private to somebody else: nobody can tell which. */
    static FailureException notFound() {
        return Failure.notFound("album.not_found", "Album not found.");
    }

    /** Visible, but somebody else's. */
    static FailureException notYours() {
        return Failure.forbidden("album.not_yours", "Only the owner may do this to an album.");
    }
}
