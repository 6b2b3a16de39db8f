package dev.cadenza.catalog.api.musewave;

import dev.cadenza.platform.core.Failure;
import java.util.Optional;
import java.util.UUID;

/** Ids in paths, queries and bodies; what is no id is nobody's. */
final class Ids {

    private Ids() {}

    static Optional<UUID> parse(String text) {
        return dev.cadenza.platform.core.Ids.parse(text);
    }

    static UUID ofTrack(String text) {
        return parse(text).orElseThrow(() -> Failure.notFound("track.not_found", "Track not found."));
    }

    static UUID ofAlbum(String text) {
        return parse(text).orElseThrow(() -> Failure.notFound("album.not_found", "Album not found."));
    }
}
