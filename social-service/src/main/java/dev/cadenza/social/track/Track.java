package dev.cadenza.social.track;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the social service knows about a track.
 *
 * @param isPublic whether everybody may see it
 */
public record Track(UUID id, UUID ownerId, boolean isPublic) {

    /** Whether {@code viewer} (null: somebody without an identity) may see this track. */
    public boolean visibleTo(@Nullable UUID viewer) {
        return isPublic || ownerId.equals(viewer);
    }
}
