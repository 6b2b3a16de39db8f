package dev.cadenza.playlist.track;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the playlist service knows about a track.
 *
 * @param number positive integer id
 * @param durationSeconds length of the audio, at least 0
 * @param isPublic whether everybody may see it
 */
public record Track(
        UUID id,
        long number,
        UUID ownerId,
        String ownerUsername,
        String title,
        String artist,
        @Nullable String genre,
        double durationSeconds,
        boolean isPublic) {

    /** Whether {@code viewer} (null: somebody without an identity) may see this track. */
    public boolean visibleTo(@Nullable UUID viewer) {
        return isPublic || ownerId.equals(viewer);
    }
}
