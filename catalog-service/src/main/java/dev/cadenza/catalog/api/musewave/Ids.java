package dev.cadenza.catalog.api.musewave;

import dev.cadenza.platform.core.Failure;
import java.util.Optional;
import java.util.UUID;

/** Ids in paths, queries and bodies; what is no id is nobody's. */
final class Ids {

    private Ids() {}

    /** Exactly 36 characters; the JDK alone would take {@code 1-1-1-1-1}. */
    static Optional<UUID> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static UUID ofTrack(String text) {
        return parse(text).orElseThrow(() -> Failure.notFound("track.not_found", "Track not found."));
    }

    static UUID ofAlbum(String text) {
        return parse(text).orElseThrow(() -> Failure.notFound("album.not_found", "Album not found."));
    }
}
