package dev.cadenza.analytics.track;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the analytics service knows about a track.
 *
 * @param title null in what was written before titles were kept
 * @param durationSeconds length of the audio, at least 0
 * @param isPublic whether everybody may see it
 */
public record Track(UUID id, UUID ownerId, @Nullable String title, double durationSeconds, boolean isPublic) {

    /** Whether {@code viewer} (null: somebody without an identity) may see this track. */
    public boolean visibleTo(@Nullable UUID viewer) {
        return isPublic || ownerId.equals(viewer);
    }
}
