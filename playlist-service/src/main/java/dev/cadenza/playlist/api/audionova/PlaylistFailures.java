package dev.cadenza.playlist.api.audionova;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;

/** Refusals in the words of Django REST Framework. */
final class PlaylistFailures {

    private PlaylistFailures() {}

    /** There is no such playlist for the caller. */
    static FailureException noPlaylist() {
        return Failure.notFound("playlist.not_found", "No Playlist matches the given query.");
    }

    /** There is no such entry for the caller. */
    static FailureException noEntry() {
        return Failure.notFound("playlist.entry_absent", "No PlaylistSong matches the given query.");
    }

    /** As this dialect says it. */
    static Throwable worded(Throwable error) {
        if (!(error instanceof FailureException e)) {
            return error;
        }
        return switch (e.failure().code()) {
            case "playlist.not_found" -> noPlaylist();
            case "playlist.entry_absent", "playlist.track_absent" -> noEntry();
            case "playlist.title_taken" -> Failure.invalidField("name", "playlist with this name already exists.");
            case "playlist.track_present" ->
                Failure.invalidField("non_field_errors", "The fields playlist, song must make a unique set.");
            case "playlist.full" ->
                Failure.invalidField("non_field_errors", e.failure().message());
            case "cover.unusable" ->
                Failure.invalidField(
                        "cover_image",
                        "Upload a valid image. The file you uploaded was either not an image or a corrupted image.");
            case "playlist.not_yours" ->
                Failure.forbidden("playlist.not_yours", "You do not have permission to perform this action.");
            default -> error;
        };
    }
}
