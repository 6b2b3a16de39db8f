package dev.cadenza.catalog.api.audionova;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** Refusals in the words of Django REST Framework. */
final class SongFailures {

    static final Failure NOT_FOUND = new Failure.NotFound("song.not_found", "No Song matches the given query.");

    private SongFailures() {}

    /** As this dialect says it. */
    static Throwable worded(Throwable error) {
        if (!(error instanceof FailureException e)) {
            return error;
        }
        return switch (e.failure()) {
            case Failure.NotFound absent when absent.code().equals("track.not_found") -> NOT_FOUND.asException();
            case Failure.Conflict taken
            when taken.code().equals("track.title_taken") ->
                Failure.invalidField("title", "song with this title already exists.");
            case Failure.Forbidden denied ->
                Failure.forbidden(denied.code(), "You do not have permission to perform this action.");
            case Failure.UnsupportedMedia other
            when other.code().startsWith("upload.") -> Failure.invalidField("file", other.message());
            default -> error;
        };
    }
}
